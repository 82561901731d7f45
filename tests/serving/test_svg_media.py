"""A figure in SVG is a picture: opened in a tab of its own it runs nothing and loads nothing, whoever sends it."""

import pytest

from interaxion.content.files.models import store_file

pytestmark = pytest.mark.django_db
FIGURE = b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="4" height="3" style="fill:red"/></svg>'


@pytest.mark.parametrize("proxy", ["", "X-Accel-Redirect", "X-Sendfile"])
def test_figure_has_a_policy_that_runs_nothing(client, settings, proxy):
    settings.MEDIA_ACCEL = proxy

    answer = client.get(store_file("a.svg", FIGURE).file.url)

    policy = dict.fromkeys(answer["Content-Security-Policy"].split("; "))
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "attachment" not in answer.get("Content-Disposition", "")
    assert {"default-src 'none'", "script-src 'none'", "style-src 'unsafe-inline'", "sandbox"} <= policy.keys()
    assert {"connect-src 'none'", "frame-src 'none'", "font-src 'none'", "media-src 'none'"} <= policy.keys()
    answer.close()

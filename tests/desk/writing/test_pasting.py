import pytest

from interaxion.desk.pages.render_limits import MOST_BYTES
from interaxion.text.markdown.short_forms import short_form
from tests.factories import make_host

PASTE = "/en/admin/paste/"
TWEET = (
    '<blockquote class="twitter-tweet"><p lang="ja" dir="ltr">氷が浮く <a href="https://t.co/abc">t.co/abc</a></p>\n'
    '&mdash; 氷の人 (@ice_person) <a href="https://twitter.com/ice_person/status/1234567890?ref_src=twsrc%5Etfw">'
    'June 1, 2026</a></blockquote> <script async src="https://platform.twitter.com/widgets.js"></script>'
)
PLAYER = '<iframe width="560" src="https://www.youtube.com/embed/aqz-KE-bpKQ?start=30" allowfullscreen></iframe>'


@pytest.mark.parametrize(
    ("code", "address"),
    [
        (TWEET, "https://x.com/ice_person/status/1234567890"),
        (PLAYER, "https://www.youtube.com/watch?v=aqz-KE-bpKQ&t=30"),
        ('<iframe src="https://player.example/7"></iframe>', "https://player.example/7"),
        ("<p>氷 <iframe></iframe></p>", None),
        ("<blockquote>氷</blockquote>", None),
    ],
)
def test_embed_code_has_a_short_form(code, address):
    assert short_form(code) == address


@pytest.mark.django_db
def test_pasted_code_is_answered_by_its_short_form(client):
    client.force_login(make_host())

    assert client.post(PASTE, {"html": TWEET}).json() == {"markdown": "https://x.com/ice_person/status/1234567890"}
    assert client.post(PASTE, {"html": "<h3>氷</h3><b>浮く</b>"}).json() == {"markdown": "### 氷\n\n**浮く**"}
    headless = client.post(PASTE, {"html": "<h3>氷</h3>", "in_section": "1"}).json()
    assert headless == {"markdown": "**氷**"}
    assert client.post(PASTE, {"html": " "}).status_code == 400
    assert client.post(PASTE, {"html": "x" * MOST_BYTES}).status_code == 413

"""Diagrams drawn by a program of the operator's: kept as files, shown as pictures; if it fails, as their source."""

import sys

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from interaxion.content.files.diagrams import FOLDER, find_diagram
from tests.factories import make_post

pytestmark = pytest.mark.django_db

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 80"><script>alert(1)</script><text>a</text></svg>'


@pytest.fixture
def tool(settings, tmp_path):
    """Makes a program that counts how often it is asked, and does the given."""

    def configure(code: str) -> None:
        program = tmp_path / "draw.py"
        program.write_text(
            f"import sys\nsource = sys.stdin.read()\nopen({str(tmp_path / 'asked')!r}, 'a').write('x')\n{code}\n"
        )
        settings.DIAGRAM_COMMAND = f"{sys.executable} {program}"

    return configure


def test_diagram_is_drawn_once_and_shown_as_a_picture(tool, tmp_path, client):
    tool(f"sys.stdout.write({SVG!r})")

    post = make_post(body="```mermaid\ngraph TD; a-->b\n```\n", live=True)
    make_post(body="```mermaid\ngraph TD; a-->b\n```\n")

    (file,) = default_storage.listdir(FOLDER)[1]
    assert f'<img src="/media/diagrams/{file}" alt="" width="120" height="80" loading="lazy">' in post.html
    assert "a--&gt;b" in post.html
    assert "<svg" not in post.html
    assert (tmp_path / "asked").read_text() == "x"
    response = client.get(f"/media/diagrams/{file}")
    assert response["Content-Type"] == "image/svg+xml"
    assert "sandbox" in response["Content-Security-Policy"]
    response.close()


@pytest.mark.parametrize(
    "code",
    ["sys.exit(1)", "", "sys.stdout.write('<html/>')",
     "sys.stdout.write('<!DOCTYPE svg [<!ENTITY a \"b\">]><svg>&a;</svg>')",
     "sys.stdout.write('<svg xmlns=\"http://www.w3.org/2000/svg\"/>')", "sys.stdout.write('x' * 2_000_000)"],
)  # fmt: skip
def test_what_cannot_be_drawn_shows_its_source(tool, code):
    tool(code)

    post = make_post(body="```mermaid\ngraph TD\n```\n")

    assert '<figure class="diagram">\n<pre' in post.html
    assert not default_storage.exists(FOLDER)


def test_no_program_draws_nothing(settings):
    settings.DIAGRAM_COMMAND = ""

    assert find_diagram("graph TD") is None


def test_missing_program_stops_nothing(settings):
    settings.DIAGRAM_COMMAND = "/nowhere/draw"

    assert find_diagram("graph TD") is None


def test_rebuild_sweeps_drawings_that_no_page_shows(tool):
    tool(f"sys.stdout.write({SVG!r})")
    make_post(body="```mermaid\ngraph TD\n```\n")
    find_diagram("graph LR")

    call_command("rebuild")

    assert len(default_storage.listdir(FOLDER)[1]) == 1

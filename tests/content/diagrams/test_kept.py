"""Diagrams: drawn when a text is saved, kept as cleaned pictures; what cannot be drawn stays its source."""

import sys
import time

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection

from interaxion.content.diagrams.kept import FOLDER, draw_diagrams, find_diagram
from interaxion.text.markdown import Undrawn
from tests.admin_forms import form_of
from tests.factories import make_chapter, make_editor, make_episode, make_post

pytestmark = pytest.mark.django_db

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 80"><script>alert(1)</script><text>a</text></svg>'
MERMAID = "```mermaid\nflowchart TD\n  a[試料]-->|冷やす|b[氷]\n```\n"


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


def kept() -> list[str]:
    return default_storage.listdir(FOLDER)[1] if default_storage.exists(FOLDER) else []


def svg_of(file: str) -> str:
    with default_storage.open(f"{FOLDER}/{file}") as stream:
        return stream.read().decode()


def test_diagram_is_drawn_without_any_setting(client):
    chapter = make_chapter(source=MERMAID, live=True)

    (file,) = kept()
    assert f'<img src="/media/diagrams/{file}"' in chapter.html
    assert "<details><summary>Mermaid</summary>" in chapter.html
    svg = svg_of(file)
    assert ">冷やす</text>" in svg
    assert "0%, 80%" not in svg and "Recursive" not in svg
    response = client.get(f"/media/diagrams/{file}")
    assert response["Content-Type"] == "image/svg+xml"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "style-src 'unsafe-inline'" in response["Content-Security-Policy"]
    response.close()


def test_notes_have_diagrams_too():
    assert "/media/diagrams/" in make_episode(notes=f"# 図\n\n{MERMAID}").html


@pytest.mark.parametrize("make", [make_chapter, make_episode])
def test_form_is_drawn_before_the_site_is_locked(client, tool, tmp_path, make):
    client.force_login(make_editor())
    thing = make()
    url = f"/en/admin/{thing._meta.app_label}/{thing._meta.model_name}/{thing.pk}/change/"
    data = form_of(client.get(f"{url}?notes=document"), f"{thing._meta.model_name}_form")
    data["notes" if "notes" in data else "source"] = MERMAID
    tool(f"import time\nopen({str(tmp_path / 'at')!r}, 'a').write(f'{{time.monotonic()}} ')\nsys.stdout.write({SVG!r})")
    transactions = []

    def note(execute, sql, *args):
        if sql.startswith("SAVEPOINT"):
            transactions.append(time.monotonic())
        return execute(sql, *args)

    with connection.execute_wrapper(note):
        assert client.post(url, data).status_code == 302

    (drawn_at,) = map(float, (tmp_path / "at").read_text().split())
    assert drawn_at < transactions[0]
    thing.refresh_from_db()
    assert "/media/diagrams/" in thing.html


def test_hostile_label_is_only_text():
    make_chapter(source='```mermaid\nflowchart LR\n a["&lt;script&gt;alert(1)&lt;/script&gt;"]-->b\n```\n')

    assert all("<script" not in svg_of(file) for file in kept())


def test_one_bad_diagram_stops_no_other_and_says_why():
    chapter = make_chapter(source=f"本文\n\n```mermaid\nflowchart TD\n a[\n```\n\n{MERMAID}")

    assert chapter.html.count("<img") == 1
    (problem,) = [each for each in chapter.problems() if "図" in each.message or "diagram" in each.message]
    assert problem.line == 3
    assert isinstance(find_diagram("flowchart TD\n a[\n"), Undrawn)


def test_looking_draws_nothing():
    assert find_diagram("flowchart TD\n a-->b\n") is None
    assert kept() == []


def test_program_of_the_operator_draws_instead(tool, tmp_path):
    tool(f"sys.stdout.write({SVG!r})")

    post = make_post(body=MERMAID, live=True)
    make_post(body=MERMAID)

    (file,) = kept()
    assert f'<img src="/media/diagrams/{file}" alt="" width="120" height="80" loading="lazy">' in post.html
    assert "script" not in svg_of(file)
    assert (tmp_path / "asked").read_text() == "x"


@pytest.mark.parametrize(
    "code",
    ["sys.exit(1)", "", "sys.stdout.write('<html/>')",
     "sys.stdout.write('<!DOCTYPE svg [<!ENTITY a \"b\">]><svg>&a;</svg>')",
     "sys.stdout.write('<svg xmlns=\"http://www.w3.org/2000/svg\"/>')", "sys.stdout.write('x' * 2_000_000)"],
)  # fmt: skip
def test_what_cannot_be_drawn_shows_its_source(tool, code):
    tool(code)

    post = make_post(body=MERMAID)

    assert '<figure class="diagram">\n<pre' in post.html
    assert [name[-4:] for name in kept()] == [".txt"]


def test_missing_program_stops_nothing(settings):
    settings.DIAGRAM_COMMAND = "/nowhere/draw"

    assert "flowchart TD" in make_post(body=MERMAID).html


def test_rebuild_draws_what_is_missing_and_sweeps_what_no_page_shows(tool):
    post = make_post(body=MERMAID)
    draw_diagrams("```mermaid\nflowchart LR\n c-->d\n```\n", "post")
    tool(f"sys.stdout.write({SVG!r})")

    call_command("rebuild")

    post.refresh_from_db()
    (file,) = kept()
    assert file in post.html and 'width="120"' in post.html


def test_rebuild_keeps_why_a_diagram_is_not_drawn_as_long_as_a_text_has_it():
    chapter = make_chapter(source="本文\n\n```mermaid\nflowchart TD\n a[\n```\n")
    draw_diagrams("```mermaid\nflowchart TD\n b[\n```\n", "chapter")

    call_command("rebuild")

    assert len(kept()) == 1
    assert any(problem.line == 3 for problem in chapter.problems())

"""Files that were imported before: recognised without being parsed, unless something about them has changed."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from episodes.models import Episode
from interaxion.content.saving.storing import store
from interaxion.sitewide.importing.claims import find_app
from interaxion.text.front_matter.parsing import parse_document
from tests.call_counts import counted
from tests.factories import make_editor
from tests.imports import actions, copy_site, import_all, make_picture, messages, write_file

pytestmark = pytest.mark.django_db

EPISODE = "_posts/2026/2026-01-10-ep1.md"


def outcomes_of_change(folder: Path, name: str, content: str | bytes) -> set[str]:
    """Import the site, write the file, import again, and return the names of what is imported anew."""
    site = copy_site(folder)
    import_all(site)
    write_file(site, name, content)
    return {file for file, action in actions(import_all(site)).items() if action in {"created", "updated"}}


def appended(name: str, text: str) -> str:
    return (Path(__file__).parents[2] / "data" / "site" / name).read_text() + text


@pytest.mark.postgres
def test_unchanged_files_are_not_parsed_and_ask_little(tmp_path):
    site = copy_site(tmp_path)
    before = {outcome.file: outcome.path for outcome in import_all(site) if outcome.action == "created"}

    with counted(parse_document, find_app) as calls, CaptureQueriesContext(connection) as queries:
        again = import_all(site)

    known = {outcome.file: outcome.path for outcome in again if outcome.action == "unchanged"}
    assert known == before
    # Only a page that was left out, since the site makes such pages itself, is read again.
    assert calls == {"parse_document": 1, "find_app": 1}
    assert len(queries) < 12 * len(again)


def test_edited_thing_of_an_unchanged_file_is_unchanged_and_replaced_only_if_asked(tmp_path):
    site = copy_site(tmp_path)
    import_all(site)
    episode = Episode.objects.get(number=1)
    episode.title = "別の題"
    store(episode, user=make_editor())

    assert actions(import_all(site))[EPISODE] == "unchanged"
    assert actions(import_all(site, overwrite=True))[EPISODE] == "updated"


def test_changed_text_is_imported_anew_alone(tmp_path):
    assert outcomes_of_change(tmp_path, EPISODE, appended(EPISODE, "\n追記\n")) == {EPISODE}


def test_picture_that_was_missing_makes_the_file_that_names_it_new(tmp_path):
    site = copy_site(tmp_path)
    text = appended(EPISODE, "\n![軌道](/assets/later.png)\n")
    write_file(site, EPISODE, text)
    assert any("later.png" in message for outcome in import_all(site) for message in messages(outcome))
    write_file(site, "assets/later.png", make_picture(colour="green"))

    changed = {file for file, action in actions(import_all(site)).items() if action in {"created", "updated"}}

    assert changed == {EPISODE, "assets/later.png"}


@pytest.mark.parametrize(
    "line", ["timezone: UTC", "kramdown: {parse_block_html: true}", "permalink: /:year/:title/"], ids=str.split
)
def test_setting_that_changes_the_meaning_of_documents_imports_them_anew(tmp_path, line):
    config = (Path(__file__).parents[2] / "data" / "site" / "_config.yml").read_text()
    key = line.partition(":")[0]
    kept = "".join(each for each in config.splitlines(keepends=True) if not each.startswith(key))

    assert EPISODE in outcomes_of_change(tmp_path, "_config.yml", f"{kept}\n{line}\n")


def test_new_file_cannot_become_what_a_known_file_is(tmp_path):
    site = copy_site(tmp_path)
    import_all(site)
    # By its name it would come first.
    write_file(site, "_posts/2020/2020-01-01-copy.md", appended(EPISODE, "\n写し\n"))

    outcomes = import_all(site)

    assert actions(outcomes)["_posts/2020/2020-01-01-copy.md"] == "failed"
    assert actions(outcomes)[EPISODE] == "unchanged"

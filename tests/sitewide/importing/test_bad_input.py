"""Bad input: a message with file, line, fault and cure; nothing of that file is written; the import continues."""

import io
import os
import re
import stat
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import translation

import posts.importing
from episodes.models import Podcast, Speaker
from episodes.notes.notes import MOST_SECTIONS
from interaxion.content.importing import saving
from interaxion.content.importing.imported import ImportedFile
from interaxion.content.paths import find_path
from interaxion.content.publishing.publishable import kinds
from interaxion.content.validators import LONGEST_SOURCE
from interaxion.sitewide.importing import plan
from interaxion.sitewide.importing.sources import source, zip_source
from interaxion.text.characters import FORBIDDEN
from interaxion.text.front_matter.parsing import MAX_BYTES
from posts.models import Post
from tests.imports import actions, copy_site, import_all, import_text, make_picture, messages, write_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Untranslated messages, as the command prints them."""
    with translation.override(None):
        yield


def test_text_that_is_too_long_is_refused_with_file_and_line(tmp_path):
    outcome = import_text(tmp_path, GOOD + "一行。\n" * (LONGEST_SOURCE // 4), name="_posts/2026-01-01-long.md")

    assert outcome.problem is not None
    assert (outcome.problem.line, outcome.problem.params["name"]) == (7 + 74_999, "body: ")
    assert not Post.objects.exists()


def test_notes_of_too_many_sections_are_refused_with_file_and_line(tmp_path):
    sections = "".join(f"### 話{number}\n\n文。\n\n" for number in range(MOST_SECTIONS + 1))

    outcome = import_text(tmp_path, FULL + sections, name="_posts/2026-01-01-long.md")

    assert str(outcome.problem).startswith(
        f"{outcome.file}:{7 + 4 * MOST_SECTIONS}: there are more than 1000 sections; join some of them"
    )


GOOD = "---\nlayout: blog\ntitle: よい記事\npermalink: /blog/good\ndate: 2026-01-01\n---\n本文です。\n"
FULL = "---\nlayout: podcast\ntitle: '1: 題'\npermalink: /1\ndate: 2026-01-01\n---\n"

FILES = {
    "broken-yaml": (GOOD.replace("題", "").replace("よい記事", '"とじない'), 3, "YAML"),
    "alias": (GOOD.replace("よい記事", "*x"), 3, "aliases"),
    "toml": ("+++\ntitle = 'x'\n+++\nx\n", 1, "no YAML"),
    "late-front-matter": ("\n\n" + GOOD, 3, "does not begin in the first line"),
    "open-front-matter": ("---\nlayout: blog\n", 1, "not closed"),
    "not-utf-8": (GOOD.encode("shift_jis"), 3, "UTF-8"),
    "utf-16": (GOOD.encode("utf-16"), 1, "UTF-8"),
    "unknown-layout": (GOOD.replace("blog\n", "brog\n", 1), 2, "layout brog"),
    "empty": ("", 1, "empty"),
    "blank": (" \n\n", 1, "empty"),
    "ten-megabytes": (GOOD + "あ" * (10_000_000 // 3), 1, f"larger than {MAX_BYTES // 1000} kB"),
    "long-title": (GOOD.replace("よい記事", "あ" * 301), 3, "300"),
    "impossible-address": (GOOD.replace("/blog/good", "/blog/a<b"), 4, "address"),
    "reserved-address": (GOOD.replace("/blog/good", "/admin/x"), 4, "address"),
    "bad-date": (GOOD.replace("2026-01-01", "きのう"), 5, "date"),
    "no-date-of-hugo": (GOOD.replace("2026-01-01", "0001-01-01T00:00:00Z"), 5, "year"),
    "long-tag": (GOOD.replace("date:", f"tags: [{'光' * 101}]\ndate:"), 5, "too long for a tag"),
    "open-tag": (FULL + "### 0:00 a\n\n<details>\n\n### 1:00 b\n", 7, "section"),
}


@pytest.mark.parametrize(("text", "line", "says"), FILES.values(), ids=FILES)
def test_bad_file_gives_one_line_and_writes_nothing(tmp_path, text, line, says):
    write_file(tmp_path, "a-bad.md", text)
    write_file(tmp_path, "b-good.md", GOOD.replace("/good", "/fine"))

    outcomes = import_all(tmp_path)

    problem = str(next(outcome.problem for outcome in outcomes if outcome.problem))
    assert actions(outcomes) == {"a-bad.md": "failed", "b-good.md": "created"}
    assert "\n" not in problem
    assert re.match(rf"a-bad\.md:{line}: .+; .+", problem), problem
    assert says in problem
    assert sum(kind.objects.count() for kind in kinds()) == 1
    assert ImportedFile.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (GOOD.replace("date:", "title: ふたつめ\ndate:"), 5, "the key title is there twice: the last one counts"),
        (GOOD + "ここに\x08\n", 8, "U+0008"),
        (GOOD + "ここに\u202e\n", 8, "U+202E"),
        (GOOD.replace("記事\n", "記事\t\n"), 3, "a tab is read as a space"),
        (GOOD.replace("2026-01-01", "2026-01-01 09:0:00"), 5, "is read as 2026-01-01 09:00:00"),
    ],
    ids=["double-key", "control-character", "direction-mark", "tab", "short-time"],
)
def test_file_that_jekyll_builds_comes_in_with_a_warning(tmp_path, text, line, says):
    write_file(tmp_path, "a.md", text)

    (outcome,) = import_all(tmp_path)

    assert outcome.action == "created"
    (note,) = outcome.warnings
    assert (note.line, says in str(note)) == (line, True)
    post = Post.objects.get()
    assert (post.title, post.is_live()) == ("ふたつめ" if "ふたつめ" in text else "よい記事", True)
    assert not FORBIDDEN.search(post.body)
    assert [again.action for again in import_all(tmp_path)] == ["unchanged"]


def test_data_file_with_a_control_character_and_a_key_twice_comes_in(tmp_path):
    site = copy_site(tmp_path)
    write_file(site, "_data/members.yml", "- name: みぎわ\x08\n  bio: a\n  bio: b\n")
    write_file(site, "_config.yml", "title: 波\ntitle: 波の話\n")

    outcomes = {outcome.file: outcome for outcome in import_all(site)}

    assert [message.split(":")[0] for message in messages(outcomes["_data/members.yml"])] == ["1", "3"]
    assert messages(outcomes["_config.yml"]) == ["2: the key title is there twice: the last one counts"]
    assert Speaker.objects.get(name="みぎわ").bio == "b"
    assert Podcast.objects.get().title == "波の話"


def decomposed(name: str) -> str:
    """Return a name as macOS writes it."""
    return unicodedata.normalize("NFD", name)


def test_folder_with_names_of_macos_comes_in_whole(tmp_path):
    site = tmp_path / "site"
    write_file(site, "_config.yml", "title: 波\n")
    write_file(site, decomposed("assets/が.png"), make_picture())
    write_file(site, decomposed("_posts/2026-01-01-ばね.md"), "---\ntitle: ばね\n---\n![図](/assets/が.png)\n")

    outcomes = import_all(site)

    assert set(actions(outcomes).values()) == {"created"}
    assert "/media/" in Post.objects.get().html
    assert find_path("/assets/が.png")
    assert set(actions(import_all(site)).values()) == {"unchanged"}


def test_names_that_differ_in_their_spelling_alone_are_both_read(tmp_path):
    for name in ("が.md", decomposed("が.md")):
        write_file(tmp_path, name, GOOD.replace("/good", f"/{len(name)}"))

    assert [outcome.action for outcome in import_all(tmp_path)] == ["created", "created"]


def test_name_that_is_no_utf_8_is_read_as_that_of_windows(tmp_path):
    (tmp_path / os.fsdecode("表.md".encode("cp932"))).write_text(GOOD)

    assert actions(import_all(tmp_path)) == {"表.md": "created"}


def test_fault_of_ours_fails_its_file_alone(tmp_path, monkeypatch, caplog):
    """An unforeseen exception while one file is read, and while another is written."""
    for name in ("a", "b", "c"):
        write_file(tmp_path, f"{name}.md", GOOD.replace("/good", f"/{name}").replace("よい記事", name))
    claims, store = posts.importing.claims, saving.store
    broken = KeyError("fault")

    def break_claims(document, place):
        return {"a.md": lambda: _raise(broken)}.get(document.name, lambda: claims(document, place))()

    def break_store(thing, **given):
        return _raise(broken) if thing.title == "b" else store(thing, **given)

    monkeypatch.setattr(posts.importing, "claims", break_claims)
    monkeypatch.setattr(saving, "store", break_store)
    outcomes = import_all(tmp_path)

    assert actions(outcomes) == {"a.md": "failed", "b.md": "failed", "c.md": "created"}
    problem = "it cannot be imported: KeyError: 'fault'; report this with the file: the log says more"
    assert [str(outcome.problem) for outcome in outcomes[:2]] == [f"a.md:1: {problem}", f"b.md:1: {problem}"]
    assert [record.exc_info[1] for record in caplog.records] == [broken, broken]
    assert [post.title for post in Post.objects.all()] == ["c"]


def _raise(problem: Exception) -> None:
    raise problem


def test_file_that_may_not_be_read_fails_alone(tmp_path, monkeypatch):
    write_file(tmp_path, "a.md", GOOD)
    gone = write_file(tmp_path, "b.md", GOOD)
    find_sites = plan.find_sites

    def find_then_delete(source):
        gone.unlink(missing_ok=True)
        return find_sites(source)

    monkeypatch.setattr(plan, "find_sites", find_then_delete)
    outcomes = import_all(tmp_path)

    assert actions(outcomes) == {"b.md": "failed", "a.md": "created"}
    assert str(outcomes[0].problem).startswith("b.md:1: it cannot be read: No such file")


def make_zip(path: Path, fill: Callable[[zipfile.ZipFile], object]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        fill(archive)
    return path


def write_link(archive: zipfile.ZipFile) -> None:
    link = zipfile.ZipInfo("link.md")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(link, "/etc/passwd")


ZIPS = {
    "parent": (lambda archive: archive.writestr("../out.md", GOOD), "leads out of the zip"),
    "absolute": (lambda archive: archive.writestr("/out.md", GOOD), "leads out of the zip"),
    "backslash": (lambda archive: archive.writestr("..\\out.md", GOOD), "leads out of the zip"),
    "drive": (lambda archive: archive.writestr("C:/out.md", GOOD), "leads out of the zip"),
    "link": (write_link, "is a link"),
    "bomb": (lambda archive: archive.writestr("bomb.md", b"0" * 20_000_000), "packed more than 100 times"),
}


@pytest.mark.parametrize(("fill", "says"), ZIPS.values(), ids=ZIPS)
def test_bad_zip_is_refused_whole(tmp_path, fill, says):
    archive = make_zip(tmp_path / "site.zip", lambda zip: (zip.writestr("good.md", GOOD), fill(zip)))
    good = write_file(tmp_path, "good.md", GOOD)

    bad, imported = import_all(archive, good)

    assert re.match(r"site\.zip:1: .+; .+", str(bad.problem))
    assert says in str(bad.problem)
    assert imported.action == "created"
    assert sum(kind.objects.count() for kind in kinds()) == 1


def test_zip_that_is_none_is_refused(tmp_path):
    outcome = import_text(tmp_path, "no zip", name="site.zip")

    assert str(outcome.problem) == "site.zip:1: this is no zip that can be read; make the zip again"


@pytest.mark.parametrize(
    ("sound", "damaged"),
    [("名".encode(), b"\xe5\x90\xff"), (b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\xff")],
    ids=["name", "version"],
)
def test_zip_with_a_damaged_list_of_its_files_is_refused(tmp_path, sound, damaged):
    archive = make_zip(tmp_path / "site.zip", lambda zip: zip.writestr("名.md", GOOD))
    archive.write_bytes(archive.read_bytes().replace(sound, damaged))

    (outcome,) = import_all(archive)

    assert str(outcome.problem) == "site.zip:1: this is no zip that can be read; make the zip again"


def test_zip_of_many_small_files_that_are_huge_together_is_refused(tmp_path):
    bomb = make_zip(tmp_path / "a.zip", lambda zip: [zip.writestr(f"{n}.md", "a" * 63_000) for n in range(400)])

    [outcome] = import_all(bomb)

    assert "its 400 files, 25 MB in all, are packed more than 100 times" in str(outcome.problem)


def test_zip_of_too_many_bytes_in_all_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(zip_source, "MOST_BYTES_IN_ALL", 2_000_000)
    archive = make_zip(
        tmp_path / "a.zip", lambda zip: [zip.writestr(f"{n}.bin", os.urandom(999_999)) for n in range(4)]
    )

    [outcome] = import_all(archive)

    assert "its 4 files are 3 MB in all, more than 2 MB; import it in several parts" in str(outcome.problem)


def test_zip_of_too_many_files_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(source, "MOST_FILES", 3)
    archive = make_zip(tmp_path / "a.zip", lambda zip: [zip.writestr(f"{n}.md", GOOD) for n in range(4)])

    (outcome,) = import_all(archive)

    assert "more than 3 files" in str(outcome.problem)


def test_files_that_cannot_be_imported_do_not_count(tmp_path, monkeypatch):
    monkeypatch.setattr(source, "MOST_FILES", 1)
    for number in range(3):
        write_file(tmp_path, f"_data/comments/{number}.yml", "name: みなも\n")
    write_file(tmp_path, "a.md", GOOD)

    outcomes = import_all(tmp_path)

    assert actions(outcomes) == {"a.md": "created", "_data/comments/0.yml": "skipped"}
    assert messages(outcomes[-1]) == [
        "1: nothing here reads the data files in this folder: write what they say into the pages"
    ]


@pytest.mark.parametrize(
    "how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA], ids=["stored", "deflated", "lzma"]
)
def test_damaged_member_fails_alone(tmp_path, how):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", how) as archive:
        archive.writestr("a.md", GOOD)
        archive.writestr("b.md", GOOD.replace("/good", "/fine"))
    data = bytearray(stream.getvalue())
    data[44:64] = b"\xff" * 20  # within the first member, behind its name

    outcomes = import_all(write_file(tmp_path, "site.zip", bytes(data)))

    assert actions(outcomes) == {"a.md": "failed", "b.md": "created"}


def test_damaged_page_of_a_site_stops_nothing(tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.html", "---\ntitle: 頁\n---\n" + "あ" * 20)
        archive.writestr("_config.yml", "title: 波\n")
        archive.writestr("b.md", GOOD)
    data = bytearray(stream.getvalue())
    data[44:64] = b"\xff" * 20  # within the first member, behind its name

    outcomes = import_all(write_file(tmp_path, "site.zip", bytes(data)))

    assert actions(outcomes) == {"a.html": "failed", "_config.yml": "created", "b.md": "created"}


def test_link_in_a_folder_is_not_followed(tmp_path):
    write_file(tmp_path, "site/good.md", GOOD)
    secret = write_file(tmp_path, "secret.md", GOOD.replace("/good", "/secret"))
    (tmp_path / "site/link.md").symlink_to(secret)

    outcomes = actions(import_all(tmp_path / "site"))

    assert outcomes == {"link.md": "failed", "good.md": "created"}


def test_what_is_not_there_and_what_holds_nothing_is_said(tmp_path):
    (tmp_path / "empty").mkdir()

    missing, empty = import_all(tmp_path / "nowhere.md", tmp_path / "empty")

    assert "there is no such file or folder" in str(missing.problem)
    assert "there is nothing to import" in str(empty.problem)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_config.yml", "title: [\n"),
        ("_config.yml", "- a\n"),
        ("_data/members.yml", "name: a\n"),
        ("_data/members.yml", "- twitter: a\n"),
        ("_data/keywords.yml", "- &a x\n"),
    ],
)
def test_bad_data_file_fails_alone(tmp_path, name, text):
    site = copy_site(tmp_path)
    write_file(site, name, text)

    outcomes = actions(import_all(site))

    assert [file for file, action in outcomes.items() if action == "failed"] == [name]


def test_rolled_back_file_leaves_no_picture_behind(tmp_path, settings):
    site = copy_site(tmp_path)
    post = site / "_posts/2026/2026-02-21-tank-tour.md"
    post.write_text(post.read_text().replace("title:", "permalink: /admin/x\ntitle:"))

    (outcome,) = import_all(post)

    assert outcome.action == "failed"
    assert not [file for file in Path(settings.MEDIA_ROOT).rglob("*") if file.is_file()]

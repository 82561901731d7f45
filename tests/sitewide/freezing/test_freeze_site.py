"""The whole public site as files: every address answers, nothing else gets out, and only changes are written."""

from datetime import timedelta
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from episodes.models import Episode
from interaxion.content.exporting.tree import FolderRefused
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import To, transition
from interaxion.sitewide.freezing.following import find_addresses
from interaxion.sitewide.freezing.site import NEEDS_SERVER, SAME_NAME, FreezeFailed, freeze_site
from tests.factories import make_chapter, make_course, make_episode, make_post, make_speaker

pytestmark = pytest.mark.django_db

NOTES = "## 1:30 波の話\n\n[波の論文](https://doi.org/10.1234/waves) を読みました。\n"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "frozen"


@pytest.fixture
def show():
    """A small site: an episode, a post, a course, and a draft that nobody may see."""
    make_episode(
        number="57", title="波", notes=NOTES, live=True, tags=("宇宙",), speakers=(make_speaker(name="あおい"),)
    )
    make_post(title="記事", live=True)
    make_chapter(course=make_course(slug="waves", live=True), live=True)
    make_episode(number="58", title="まだ秘密")


def files_in(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def file_at(folder, path):
    """The file that a host of plain files sends for a path, or None: nginx's `try_files`."""
    path = unquote(path).lstrip("/")
    names = [path, f"{path}.html", f"{path}/index.html"] if path else ["index.html"]
    return next((folder / name for name in names if (folder / name).is_file()), None)


def test_site_becomes_files(show, folder):
    frozen = freeze_site(folder)
    names = files_in(folder)
    assert {
        "index.html", "en/index.html", "57.html", "en/57.html", "57/chapters.json", "feed.xml",
        "atom.xml", "sitemap.xml", "robots.txt", "404.html", "en/404.html", ".nojekyll", "search.html", "search.json",
        "episodes/index.html", "tags/宇宙/index.html", "courses/waves/index.html", "favicon.ico",
    } <= names  # fmt: skip
    assert any(name.startswith("static/css/") for name in names)
    assert "波" in (folder / "57.html").read_text()
    assert {message for message, _params in frozen.notes} <= {NEEDS_SERVER}
    _check_links(folder)
    _check_secrecy(folder)
    _check_pages(folder)


def _check_links(folder):
    """No link on any page is broken."""
    broken = {
        (page.relative_to(folder).as_posix(), address)
        for page in folder.rglob("*.html")
        for address in find_addresses(
            page.read_text(), "text/html", "/" + page.relative_to(folder).as_posix(), settings.SITE_URL
        )
        if file_at(folder, urlsplit(address).path) is None
    }
    assert not broken


def _check_secrecy(folder):
    """No draft and nothing of the desk gets out."""
    assert not [name for name in files_in(folder) if name.startswith(("admin", "preview", "58"))]
    texts = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert not any("まだ秘密".encode() in text for text in texts)


def _check_pages(folder):
    """What needs a server is left out, and pages have their security policy inside."""
    for name in ("57.html", "episodes/index.html", "feedback/index.html", "courses/waves/index.html", "404.html"):
        page = (folder / name).read_text()
        assert page.count("<form") == page.count('<form class="search-form"'), name
        assert "/oembed?" not in page and "/works.bib" not in page
        assert "data-suggestions" not in page
        assert 'http-equiv="Content-Security-Policy" content="default-src' in page, name


def test_kept_pages_of_the_server_are_others(show, folder, client):
    before = client.get("/episodes/").content
    freeze_site(folder)
    assert client.get("/episodes/").content == before
    assert b'data-suggestions="' in before


def test_second_freeze_writes_nothing(show, folder):
    freeze_site(folder)
    times = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    assert freeze_site(folder).tree.changed == 0
    del times[folder / ".sha256sums"]
    assert all(path.stat().st_mtime_ns == time for path, time in times.items())


def test_edit_writes_only_where_it_shows(show, folder):
    make_post(title="別の記事", path="/courrier/other", category="courrier", live=True)
    freeze_site(folder)
    texts = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    episode = Episode.objects.get(number=57)
    text = NOTES.replace("読みました", "読み返しました")
    store(episode, user=None, write_related=lambda: episode.replace_sections(text))
    freeze_site(folder)
    changed = {path.relative_to(folder).as_posix() for path, text in texts.items() if path.read_bytes() != text}
    assert "57.html" in changed
    assert not changed & {"courrier/other.html", "feedback/index.html", "tags/index.html", "search.html"}


def test_page_that_is_gone_goes_with_its_file(show, folder, tmp_path):
    freeze_site(folder)
    (folder / "CNAME").write_text("example.org\n")
    episode = Episode.objects.get(number=57)
    transition(episode, to=To.DRAFT, user=None)
    freeze_site(folder)
    assert not files_in(folder) & {"57.html", "57/chapters.json", "tags/宇宙/index.html"}
    assert (folder / "CNAME").is_file(), "files of other people stay"


def test_old_address_leads_to_the_page(show, folder):
    post = make_post(title="新しい", path="/blog/new", live=True)
    post.path = "/blog/newer"
    store(post, user=None)
    freeze_site(folder)
    moved = (folder / "blog/new.html").read_text()
    assert 'content="0; url=/blog/newer"' in moved
    assert 'rel="canonical" href="/blog/newer"' in moved


def test_scheduled_thing_appears_when_its_time_has_come(folder, monkeypatch):
    make_episode(number="60", publish_at=timezone.now() + timedelta(hours=1))
    freeze_site(folder)
    assert "60.html" not in files_in(folder)
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    freeze_site(folder)
    assert "60.html" in files_in(folder)


@pytest.mark.parametrize(("ignores_case", "count"), [(True, 1), (False, 2)])
def test_names_that_differ_only_in_case_do_not_replace_each_other(folder, ignores_case, count):
    for slug in ("Waves", "waves"):
        make_post(title=slug, path=f"/blog/{slug}", live=True)
    frozen = freeze_site(folder, ignores_case=ignores_case)
    assert len([name for name in frozen.tree.written if name.lower() == "blog/waves.html"]) == count
    assert (SAME_NAME in {message for message, _params in frozen.notes}) == ignores_case


def test_folder_with_other_files_is_refused(show, tmp_path):
    (tmp_path / "thesis.tex").write_text("")
    with pytest.raises(FolderRefused):
        freeze_site(tmp_path)


def test_error_of_the_site_leaves_the_files_of_before(folder, settings):
    make_episode(number="57", live=True)
    freeze_site(folder)
    before = files_in(folder)
    settings.ALLOWED_HOSTS = ["another.example"]
    with pytest.raises(FreezeFailed):
        freeze_site(folder)
    assert files_in(folder) == before


def test_command_says_what_it_wrote_and_what_files_cannot_do(show, folder, capsys):
    make_post(title="選ぶ", body="[波だけ](/episodes/?tag=波)", live=True)
    call_command("freeze", folder)
    out, err = capsys.readouterr()
    assert f"of them written or deleted: {folder}" in out
    assert "/episodes/: " in err and "links with choices (filters, searches) lead to the whole page" in err

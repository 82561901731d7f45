import pytest
from django.core.exceptions import ValidationError

from interaxion.content.linking.replacing import clean_address, find_changes, replace_address, replace_in
from interaxion.content.publishing.publishable import kinds
from interaxion.content.saving.storing import StaleVersion, store
from interaxion.content.saving.transitions import transition
from posts.models import Post
from tests.factories import make_chapter, make_editor, make_episode, make_host, make_post

OLD, NEW = "https://old.example/x", "https://new.example/y"


@pytest.mark.parametrize(
    "text",
    [
        "[題]({})",
        '[題]({} "説明")',
        "[題](<{}>)",
        "<{}>",
        '<a href="{}">題</a>',
        "[題]: {}",
        "{}",
        "見よ {}、そして",
        "見よ（{}）。",
        "{}を参照",
        "{}.",
        "{}, と",
        "| {} | 次 |",
    ],
)
def test_whole_address_is_replaced(text):
    assert replace_in(text.format(OLD), OLD, NEW) == text.format(NEW)


@pytest.mark.parametrize(
    "text",
    [
        f"{OLD}/more",
        f"{OLD}y",
        f"{OLD}?q=1",
        f"{OLD}#part",
        f"{OLD}.html",
        f"({OLD}日本)",
        f"({OLD}_(映画))",
        f"https://web.archive.org/web/2020/{OLD}",
        f"https://share.example/?u={OLD}",
        "https://OLD.example/x",
        "",
    ],
)
def test_part_of_a_longer_address_stays(text):
    assert replace_in(text, OLD, NEW) == text


@pytest.mark.parametrize("asked", ["https://a.example/格子?a=1&b=2", "https://a.example/%E6%A0%BC%E5%AD%90?a=1&b=2"])
@pytest.mark.parametrize("written", ["https://a.example/格子?a=1&b=2", "https://a.example/%E6%A0%BC%E5%AD%90?a=1&b=2"])
def test_every_spelling_of_an_address_is_found(asked, written):
    assert replace_in(f"[題]({written})", asked, NEW) == f"[題]({NEW})"


def test_address_in_html_is_written_as_html():
    text = '<a href="https://a.example/?a=1&amp;b=2">題</a>'

    assert replace_in(text, "https://a.example/?a=1&b=2", f"{NEW}?c=3&d=4") == f'<a href="{NEW}?c=3&amp;d=4">題</a>'


@pytest.mark.parametrize("url", ["javascript:alert(1)", "new.example", "https://", "ftp://a.example/", "https://a b/"])
def test_what_is_no_address_is_refused(url):
    with pytest.raises(ValidationError):
        clean_address(url)


def test_new_address_cannot_end_a_link_of_markdown():
    assert clean_address("https://a.example/A_(b)") == "https://a.example/A_%28b%29"


@pytest.mark.django_db
def test_replacing_saves_rows_and_fields_with_a_revision_that_says_so():
    editor = make_editor()
    episode = make_episode(
        notes=f"### 0:00 [題]({OLD})\n\n- [一]({OLD})\n",
        summary=f"[要約]({OLD})",
        distribution_notes=f"- [短]({OLD})\n",
    )
    key = episode.sections.get().key

    replace_address(episode, OLD, NEW, user=editor)

    episode.refresh_from_db()
    section = episode.sections.get()
    assert OLD not in section.heading + section.body + episode.summary + episode.distribution_notes + episode.html
    assert section.key == key
    assert {link.url for link in episode.links.all()} == {NEW}
    revision = episode.revisions.first()
    assert (revision.user, revision.number) == (editor, 2)
    assert OLD in revision.note and NEW in revision.note


@pytest.mark.django_db
def test_changes_name_things_and_lines_and_leave_the_trash_alone():
    make_post(body="何も無い。\n")
    transition(make_post(body=f"[捨てた]({OLD})\n"), to="trashed", user=None)
    post = make_post(body=f"一行目\n\n[題]({OLD})\n")
    chapter = make_chapter(source=f"# 章\r\n\r\n[題]({OLD})\r\n")
    episode = make_episode(notes=f"### 0:00 話\n\n- [題]({OLD})\n")

    changes = {change.thing: change.lines for change in find_changes(OLD, NEW, kinds())}

    assert set(changes) == {post, chapter, episode}
    (line,) = changes[post]
    assert (line.number, line.before, line.after) == (3, f"[題]({OLD})", f"[題]({NEW})")
    assert [line.where for line in changes[episode]] == ["話"]


@pytest.mark.django_db
def test_chapter_keeps_its_line_ends():
    chapter = make_chapter(source=f"# 章\r\n\r\n[題]({OLD})\r\n\n終わり")

    replace_address(chapter, OLD, NEW, user=None)

    chapter.refresh_from_db()
    assert chapter.source == f"# 章\r\n\r\n[題]({NEW})\r\n\n終わり"


@pytest.mark.django_db
def test_replacing_in_what_somebody_saved_meanwhile_changes_nothing():
    post = make_post(body=f"[題]({OLD})\n")
    loaded = Post.objects.get(pk=post.pk)
    replace_address(post, OLD, NEW, user=None)

    with pytest.raises(StaleVersion):
        replace_address(loaded, OLD, "https://third.example/", user=None)

    assert Post.objects.get(pk=post.pk).body == f"[題]({NEW})\n"


URL = "/en/admin/links/replace/"


@pytest.mark.django_db
def test_editor_sees_what_would_change_before_anything_does(client):
    client.force_login(make_editor())
    post, other = make_post(body=f"<b>[題]({OLD})</b>\n", live=True), make_post(body=f"[題]({OLD})\n")

    page = client.post(URL, {"old": OLD, "new": NEW}).content.decode()

    assert f"&lt;b&gt;[題]({NEW})" in page and str(post) in page and str(other) in page
    assert Post.objects.filter(body__contains=OLD).count() == 2

    value = f"posts.post:{post.pk}:{post.version}"
    assert value in page
    client.post(URL, {"old": OLD, "new": NEW, "things": [value]})
    assert NEW in Post.objects.get(pk=post.pk).body and Post.objects.get(pk=post.pk).is_live()
    assert OLD in Post.objects.get(pk=other.pk).body


@pytest.mark.django_db
def test_thing_that_was_saved_since_it_was_shown_stays(client):
    client.force_login(make_editor())
    post = make_post(body=f"[題]({OLD})、[他](https://other.example/)\n")
    shown = f"posts.post:{post.pk}:{post.version}"
    replace_address(post, "https://other.example/", "https://moved.example/", user=None)

    forged = ["posts.post:x:1", f"posts.post:{'9' * 5000}:1", f"posts.post:{post.pk}:{'9' * 5000}", "nonsense"]
    page = client.post(URL, {"old": OLD, "new": NEW, "things": [shown, *forged]}, follow=True)

    assert "saved by somebody else" in page.content.decode()
    assert OLD in Post.objects.get(pk=post.pk).body


@pytest.mark.django_db
def test_bad_addresses_and_hosts_are_refused(client):
    client.force_login(make_editor())
    assert "begins with https" in client.post(URL, {"old": OLD, "new": "javascript:x"}).content.decode()
    assert "the same" in client.post(URL, {"old": OLD, "new": OLD}).content.decode()

    client.force_login(make_host())
    assert client.post(URL, {"old": OLD, "new": NEW}).status_code == 403


@pytest.mark.django_db
def test_replacing_follows_into_pinned_and_dropped_links():
    old, new = "https://example.org/old?utm_source=x", "https://example.org/new"
    episode = make_episode(notes=f"### はじめに\n\n- [例]({old})\n")
    episode.pinned_links = ["https://example.org/old", "https://example.org/other"]
    store(episode, user=None)

    replace_address(episode, old, new, user=None)

    episode.refresh_from_db()
    assert episode.pinned_links == [new, "https://example.org/other"]

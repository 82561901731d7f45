import pytest

from episodes.podcast import Podcast
from episodes.short_notes import PROFILES
from episodes.short_notes.distribution import distribute
from interaxion.content.publishing.revisions import snapshot
from interaxion.content.saving.storing import store
from tests.admin_forms import form_of
from tests.factories import make_episode, make_host

pytestmark = pytest.mark.django_db
SPOTIFY = PROFILES["spotify"]
NOTES = """### 0:00 話

- [甲](https://a.example/x)
- [前](/13)

### 便り

- いつでも[便り箱](https://mail.example)へお寄せください。
- [新刊](https://new.example/)
"""


def test_stored_choices_and_introduction_make_the_short_notes(settings):
    settings.SITE_URL = "https://show.example"
    episode = make_episode(
        number="57",
        notes=NOTES,
        summary="要約",
        short_introduction="書いた**前書き**。",
        dropped_links=["http://www.a.example/x/?utm_source=y", "/13"],
    )

    result = distribute(episode, SPOTIFY)

    assert result.notes.text.startswith("<p>書いた前書き。</p>")
    assert "要約" not in result.notes.text
    assert "a.example" not in result.notes.text and "show.example/13" not in result.notes.text
    assert [(link.address, link.is_kept, link.choice) for link in result.links] == [
        ("http://www.a.example/x/?utm_source=y", False, "drop"),
        ("/13", False, "drop"),
        ("https://mail.example", True, ""),
        ("https://new.example/", True, ""),
    ]


def test_short_form_of_the_podcast_stands_for_its_own_headings():
    Podcast.objects.create(
        pk=1, title="番組", recurring_headings=["便り"], recurring_notes="[便り](https://mail.example/)へ"
    )

    text = distribute(make_episode(notes=NOTES), SPOTIFY).notes.text

    assert text.endswith(
        '<p>便り</p>\n<ul><li><a href="https://new.example/">新刊</a></li>'
        '<li><a href="https://mail.example/">便り</a>へ</li></ul>'
    ), text


def test_links_tell_of_the_version_cut_by_hand_where_it_is_used():
    episode = make_episode(notes=NOTES, distribution_notes="- [乙](https://www.a.example/x)\n")

    result = distribute(episode, SPOTIFY)

    assert result.is_by_hand and result.compiled.text != result.notes.text
    assert [link.is_kept for link in result.links] == [True, False, False, False]


def test_choices_are_kept_in_one_spelling_and_in_revisions(client):
    client.force_login(make_host())
    episode = make_episode(number="57", notes=NOTES)
    address = f"/en/admin/episodes/episode/{episode.pk}/change/"
    data = form_of(client.get(address), "episode_form") | {
        "pinned_links": "https://dx.doi.org/10.1000/X\r\nhttps://doi.org/10.1000/x\r\n",
        "dropped_links": "http://testserver/13/\r\n/13",
        "short_introduction": "前書き",
    }

    saved = client.post(address, data | {"_continue": "1"})

    episode.refresh_from_db()
    assert saved.status_code == 302
    assert episode.pinned_links == ["https://doi.org/10.1000/x"]
    assert episode.dropped_links[-1] == "/13"
    newest = episode.revisions.first()
    assert newest.data["fields"]["pinned_links"] == episode.pinned_links
    assert newest.data == snapshot(episode)
    difference = client.get(f"/en/admin/episodes/episode/{episode.pk}/history/2/").content.decode()
    assert "https://doi.org/10.1000/x" in difference and "[&#x27;" not in difference


def test_what_is_no_address_is_an_error_of_its_field(client):
    client.force_login(make_host())
    episode = make_episode(number="57")
    address = f"/en/admin/episodes/episode/{episode.pk}/change/"

    answer = client.post(address, form_of(client.get(address), "episode_form") | {"pinned_links": "この本"})

    assert answer.context["adminform"].form.errors == {"pinned_links": ["“この本” is no address."]}


def test_restored_revision_brings_choices_back(client):
    client.force_login(make_host())
    episode = make_episode(number="57", pinned_links=["https://a.example/x"])
    episode.pinned_links = []
    store(episode, user=None)

    shown = client.post(f"/en/admin/episodes/episode/{episode.pk}/history/1/restore/")

    assert form_of(shown, "episode_form")["pinned_links"].split() == ["https://a.example/x"]

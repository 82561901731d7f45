import json
import re

import pytest
from django.utils import timezone

from interaxion.content.collecting.collected_link import KEPT_FOR, CollectedLink, places_of
from interaxion.desk.inbox.sharing import shared
from tests.factories import make_episode, make_host, make_user

pytestmark = pytest.mark.django_db
INBOX, ADD, LINKS = "/en/admin/inbox/", "/en/admin/inbox/add/", "/en/admin/inbox/links/"
PAPER = "https://doi.org/10.1000/ice"


def collect(*, url: str = PAPER, **fields) -> CollectedLink:
    return CollectedLink.objects.create(url=url, **fields)


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"url": PAPER, "title": "氷", "text": "氷"}, {"url": PAPER, "title": "氷", "note": ""}),
        ({"text": f"見て {PAPER} すごい"}, {"url": PAPER, "title": "", "note": "見て すごい"}),
        ({"title": "氷\x00", "text": "x"}, {"url": "", "title": "氷", "note": "x"}),
    ],
)
def test_shared_words_become_address_title_and_note(given, fields):
    assert shared(given) == fields


def test_get_asks_and_only_post_collects(client):
    client.force_login(make_host())

    asked = client.get(ADD, {"url": PAPER, "title": "氷の<b>", "text": "おもしろい"})
    assert 'value="氷の&lt;b&gt;"' in asked.content.decode()
    assert not CollectedLink.objects.exists()

    client.post(ADD, {"url": PAPER, "title": "氷の論文", "note": "おもしろい"})
    assert CollectedLink.objects.get().key == "doi:10.1000/ice"
    assert "氷の論文" in client.get(INBOX).content.decode()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "", "ftp://x.test/", "http://", "https://x.test/" + "a" * 2001])
def test_other_addresses_are_refused(client, url):
    client.force_login(make_host())

    assert client.post(ADD, {"url": url}).status_code == 200
    assert not CollectedLink.objects.exists()


@pytest.mark.postgres
def test_link_in_a_draft_is_used_and_one_in_an_older_episode_was_discussed(client):
    client.force_login(make_host())
    older = make_episode(number=3, notes=f"### 1:30 氷\n\n[論文]({PAPER})\n", live=True)
    link = collect(title="氷の論文", note="今週の")
    other = collect(url="https://example.org/other")
    make_episode(number=4, notes=f"### 氷\n\n{PAPER}\n")

    places = places_of([link, other])
    entry = next(each for each in client.get(LINKS).json()["links"] if each["id"] == link.pk)

    assert [place.title for place in places[link.pk].before] == [str(older)]
    assert len(places[link.pk].used) == 1 and places[other.pk] == ([], [])
    assert entry["markdown"] == f"[氷の論文]({PAPER}) 今週の"
    assert entry["before"] == [{"words": "3 1:30", "url": "/en/3#t-90"}]
    assert entry["used"][0]["url"].startswith("/en/admin/episodes/episode/")


def test_link_is_put_away_and_back_and_deleted_much_later(client):
    client.force_login(make_host())
    link = collect()

    client.post(INBOX, {"away": link.pk})
    assert client.get(LINKS).json() == {"links": []}
    client.post(INBOX, {"back": link.pk})
    assert len(client.get(LINKS).json()["links"]) == 1
    client.post(INBOX, {"away": link.pk})

    assert not CollectedLink.objects.long_away(timezone.now()).exists()
    assert CollectedLink.objects.long_away(timezone.now() + KEPT_FOR).exists()
    assert client.post(INBOX, {"away": "x"}).status_code == 400


def test_inbox_offers_the_sections_of_drafts(client):
    client.force_login(make_host())
    draft = make_episode(notes="### 氷の話\n\n本文\n")
    make_episode(live=True, notes="### 公開済み\n\n本文\n")
    collect()

    page = client.get(INBOX).content.decode()

    assert f"/change/#collected={CollectedLink.objects.get().pk}&amp;section=%E6%B0%B7" in page
    assert f"/episode/{draft.pk}/change/" in page and "公開済み" not in page


def test_inbox_asks_as_many_queries_for_three_links_as_for_one(client, django_assert_num_queries):
    client.force_login(make_user(is_superuser=True))
    make_episode(notes=f"### 氷\n\n{PAPER}\n", live=True)
    collect()
    client.get(INBOX)
    with django_assert_num_queries(13) as one:
        client.get(INBOX)
    collect()
    collect(url="https://example.org/other")
    with django_assert_num_queries(len(one)):
        client.get(INBOX)


def test_phones_share_to_the_form_that_asks(client):
    client.force_login(make_host())

    manifest = json.loads(client.get("/admin/manifest.webmanifest").content)
    bookmarklet = re.search(r'href="(javascript:[^"]+)"', client.get(INBOX).content.decode())[1]

    assert manifest["share_target"]["action"] == "/admin/inbox/add/" and manifest["share_target"]["method"] == "GET"
    assert "inbox/add/" in bookmarklet and " " not in bookmarklet

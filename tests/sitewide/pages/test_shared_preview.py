import time
from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from interaxion.content.publishing.shared_links import GOOD_FOR, SALT, make_token, revoke
from interaxion.content.saving.transitions import transition
from tests.factories import (
    make_chapter,
    make_course,
    make_editor,
    make_episode,
    make_host,
    make_page,
    make_post,
    make_speaker,
)
from tests.html_pages import html_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def address(thing):
    return f"/preview/{make_token(thing)}/"


@pytest.mark.parametrize("make", [make_episode, make_post, make_page, make_course, make_chapter])
def test_guest_sees_the_draft_and_no_copy_of_it_stays(client, make):
    thing = make(title="まだ出ない題")

    response = client.get(address(thing))

    page = html_of(response)
    assert response.status_code == 200 and "まだ出ない題" in page
    assert "preview-banner" in page
    assert f"{timezone.localtime(timezone.now() + GOOD_FOR):%Y-%m-%d}" in page
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "ETag" not in response and not response.cookies


def test_link_leads_to_the_page_once_it_is_live(client):
    episode = make_episode(number="7")
    link = address(episode)
    transition(episode, to="published", user=None)

    response = client.get(link)

    assert (response.status_code, response["Location"]) == (302, "/7")


def test_scheduled_thing_is_still_a_draft_to_guests(client):
    episode = make_episode(publish_at=timezone.now() + timedelta(days=1))

    assert client.get(address(episode)).status_code == 200


def test_link_that_is_no_good_is_not_found(client, monkeypatch):
    episode, other = make_episode(), make_episode()
    old = address(episode)
    revoke(episode, renew=True)
    renewed = address(episode)
    trashed = make_episode()
    transition(trashed, to="trashed", user=None)
    deleted = make_episode()
    gone = address(deleted)
    deleted.delete()
    now = time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now - GOOD_FOR.total_seconds() - 60)
    expired = address(other)
    monkeypatch.undo()
    forged = [
        signing.dumps([other._meta.label_lower, other.pk, episode.preview_key], salt=SALT),
        signing.dumps(["auth.user", make_editor().pk, ""], salt=SALT),
        signing.dumps([other._meta.label_lower, other.pk, other.preview_key], salt="another"),
        signing.dumps("text", salt=SALT),
        signing.dumps({"a": 1}, salt=SALT),
        "nothing",
    ]

    assert client.get(renewed).status_code == 200
    bad = [old, address(trashed), gone, expired, renewed[:-2] + "/", *(f"/preview/{token}/" for token in forged)]
    assert [client.get(url).status_code for url in bad] == [404] * len(bad)


def test_token_without_a_key_never_works(client):
    episode = make_episode()
    revoke(episode, renew=False)

    assert client.get(address(episode)).status_code == 404


def test_link_is_only_read(client):
    assert client.post(address(make_episode())).status_code == 405


def test_host_shares_renews_and_revokes(client):
    client.force_login(make_host())
    episode = make_episode(speakers=(make_speaker(),))
    url = f"/en/admin/episodes/episode/{episode.pk}/change/share/"

    first = client.get(url).context["address"]
    assert client.get(first).status_code == 200
    client.post(url, {"renew": "1"})
    second = client.get(url).context["address"]
    assert [client.get(link).status_code for link in (first, second)] == [404, 200]
    client.post(url, {"revoke": "1"})

    assert client.get(second).status_code == 404
    assert client.get(url).context["address"] == ""
    episode.refresh_from_db()
    assert episode.version == 1, "nobody's open form becomes stale by it"

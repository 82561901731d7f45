"""The page after publishing: what goes to other places, and what is there."""

import pytest

from episodes.models import Episode
from interaxion.content.saving.storing import store
from tests.factories import make_episode, make_host

pytestmark = pytest.mark.django_db


@pytest.fixture
def episode():
    return make_episode(number="7", title="格子の話", live=True)


@pytest.fixture
def desk(client):
    client.force_login(make_host(name="host"))
    return client


def url_of(episode: Episode) -> str:
    return f"/en/admin/episodes/episode/{episode.pk}/change/after-publishing/"


def done(desk, episode) -> list[str]:
    return [errand.key for errand in desk.get(url_of(episode)).context["errands"] if errand.is_done]


def test_errand_is_ticked_by_whoever_did_it_until_what_was_taken_changes(desk, episode):
    assert url_of(episode) in desk.get(f"/en/admin/episodes/episode/{episode.pk}/change/").content.decode()
    for key in ("spotify", "card"):
        assert desk.post(url_of(episode), {"done": key}).status_code == 302
    assert done(desk, episode) == ["spotify", "card"]

    episode.title = "格子の話、改題"
    store(episode, user=None)

    assert done(desk, episode) == ["spotify"], "the card shows the title"
    assert "Changed since" in desk.get(url_of(episode)).content.decode()
    desk.post(url_of(episode), {"undone": "spotify"})
    assert done(desk, episode) == []


def test_page_after_publishing_has_a_text_for_each_place(desk, episode):
    page = desk.get(url_of(episode)).content.decode()

    assert page.count("data-copy=") == 5
    assert "Apple Podcasts" in page and "/cards/" in page
    assert desk.post(url_of(episode), {"done": "nowhere"}).status_code == 400


def test_picture_of_an_episode_that_is_not_live_is_not_offered(desk):
    draft = make_episode(number="8")

    assert "card" not in [errand.key for errand in desk.get(url_of(draft)).context["errands"]]

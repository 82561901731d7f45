import pytest
from django.core.exceptions import ValidationError

from interaxion.content import paths
from interaxion.content.paths import Path
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from tests.factories import make_episode, make_post, make_speaker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def addresses(holder):
    return {row.path: row.is_current for row in paths.paths_of(holder)}


def test_an_address_never_known_to_visitors_is_forgotten():
    post = make_post(path="/blog/a")

    post.path = "/blog/b"
    store(post, user=None)

    assert addresses(post) == {"/blog/b": True}


def test_an_address_that_was_live_redirects():
    post = make_post(path="/blog/a", live=True)

    post.path = "/blog/b"
    store(post, user=None)

    assert addresses(post) == {"/blog/a": False, "/blog/b": True}


def test_a_draft_address_stays_after_publishing():
    episode = make_episode(number="57")

    transition(episode, to="published", user=None)

    assert addresses(episode) == {"/57-draft": False, "/57": True}


def test_going_back_to_an_old_address_makes_it_current():
    post = make_post(path="/blog/a", live=True)
    for path in ("/blog/b", "/blog/a"):
        post.path = path
        store(post, user=None)

    assert addresses(post) == {"/blog/a": True, "/blog/b": False}


def test_an_old_address_is_not_given_to_another():
    post = make_post(path="/blog/a", live=True)
    post.path = "/blog/b"
    store(post, user=None)

    with pytest.raises(ValidationError):
        make_post(path="/blog/a")


@pytest.mark.parametrize("path", ["/feed.xml", "/episodes", "/episodes/", "/admin/x", "/en/57", "/media/a", "/"])
def test_an_address_of_another_view_is_refused(path):
    with pytest.raises(ValidationError):
        paths.validate_path(path)


@pytest.mark.parametrize("path", ["/a b", "/a/../b", "/a?b", "/a#b", "/a//b", '/"', "/" + "a" * 300])
def test_an_address_that_no_browser_keeps_is_refused(path):
    with pytest.raises(ValidationError):
        paths.validate_path(path)


@pytest.mark.parametrize("path", ["/57", "/19-5", "/blog/磁石の話", "/keywords/a/", "/2020/01/02/x.html"])
def test_usual_addresses_are_allowed(path):
    paths.validate_path(path)


def test_a_renamed_speaker_keeps_the_old_address():
    speaker = make_speaker(name="あき")

    speaker.slug = "aki"
    speaker.save()

    assert addresses(speaker) == {"/speakers/あき": False, "/speakers/aki": True}


def test_the_database_holds_an_address_once():
    make_speaker(name="あき")

    assert Path.objects.filter(path="/speakers/あき").count() == 1

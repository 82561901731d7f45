"""The demo: whole, playable, with its logins, and never in production."""

import pytest
from django.contrib.auth import authenticate
from django.test import Client

from courses.models import Chapter
from episodes.models import Episode, Podcast, Speaker
from interaxion.content.importing.imported import ImportedFile
from interaxion.content.publishing.publishable import kinds
from interaxion.content.tags import Tag
from interaxion.sitewide.demo.loading import DEMO_LOGINS, DemoRefused, has_demo_logins, load_demo
from posts.models import Category, Post
from tests.imports import import_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo() -> None:
    load_demo()


def test_demo_shows_each_kind_of_content(demo):
    episodes = Episode.objects.live()
    assert episodes.count() >= 6
    assert "4.5" in [episode.spelled_number for episode in episodes]
    assert all(episode.audio_file and episode.audio_seconds for episode in Episode.objects.all())
    assert Category.objects.filter(slug__in=["blog", "courrier"]).count() == 2
    assert Chapter.objects.live().count() == 3
    assert Post.objects.live().exists()


def test_demo_draft_lacks_only_two_times(demo):
    draft = Episode.objects.get(status="draft")

    problems = draft.problems()

    assert draft.sections.exclude(heading="").filter(starts_at=None).count() == 2
    # Its audio is measured by a job, and until then a warning says so.
    assert {problem.field for problem in problems} - {"audio_file"} == {"sections"}


def test_demo_podcast_is_complete(demo):
    podcast = Podcast.objects.get()

    assert podcast.artwork
    assert all([podcast.author, podcast.owner_email, podcast.categories, podcast.subscribe_links, podcast.description])


def test_demo_pages_answer(demo, client):
    paths = [thing.path for kind in kinds() for thing in kind.objects.live()]

    assert {client.get(path, follow=True).status_code for path in ["/", *paths]} == {200}


def test_demo_logins_open_the_admin_in_their_groups(demo):
    assert has_demo_logins()
    for name, password in DEMO_LOGINS.items():
        user = authenticate(username=name, password=password)
        assert user.groups.filter(name="demo").exists()
        assert user.has_perm("episodes.publish_episode") is (name != "host")
        client = Client()
        client.force_login(user)
        assert client.get("/admin/").status_code == 200


def test_demo_is_refused_in_production(settings):
    settings.IS_PRODUCTION = True

    with pytest.raises(DemoRefused):
        load_demo()
    assert not has_demo_logins()


def test_real_content_replaces_the_whole_demo(demo, tmp_path):
    real = "layout: podcast\ntitle: '1: 本物の回'\ndate: 2026-06-01\ntags: [海]\nstarring: [みなも]"

    import_text(tmp_path, f"---\n{real}\n---\n### 0:00 海\n")

    assert [str(episode) for episode in Episode.objects.all()] == ["1: 本物の回"]
    assert [speaker.name for speaker in Speaker.objects.all()] == ["みなも"]
    assert [tag.name for tag in Tag.objects.all()] == ["海"]
    assert not Category.objects.exists()
    assert not Podcast.objects.exists()
    assert not ImportedFile.objects.filter(is_demo=True).exists()

import pytest

from episodes.models import Episode
from interaxion.content.saving.duplicating import duplicate
from posts.models import Post
from tests.factories import make_episode, make_host, make_post, make_speaker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_duplicate_is_a_draft_with_the_content_and_an_identity_of_its_own(client):
    episode = make_episode(
        number="9", title="格子の話", live=True, speakers=(make_speaker(name="青木"),), tags=("格子",)
    )
    client.force_login(make_host())

    answer = client.post(f"/en/admin/episodes/episode/{episode.pk}/change/duplicate/")

    new = Episode.objects.latest("pk")
    assert answer["Location"].endswith(f"/{new.pk}/change/")
    assert (new.title, new.number, new.status, new.publish_at) == ("格子の話 (copy)", None, "draft", None)
    assert new.guid != episode.guid and new.path != episode.path
    assert [section.body for section in new.sections.all()] == [section.body for section in episode.sections.all()]
    assert [str(speaker) for speaker in new.speakers.all()] == ["青木"]
    assert [tag.name for tag in new.tags.all()] == ["格子"]
    assert episode.sections.count() == new.sections.count(), "the first one keeps its own"
    assert client.get(f"/en/admin/episodes/episode/{episode.pk}/change/duplicate/").status_code == 405


def test_post_is_duplicated_with_its_category_and_authors():
    post = make_post(title="波の記事", authors=(make_speaker(name="岡"),))

    new = duplicate(post, user=None)

    assert (Post.objects.count(), new.category, new.body) == (2, post.category, post.body)
    assert [str(author) for author in new.authors.all()] == ["岡"]

"""Two titles that make one slug: the second takes the next free address, wherever an address is derived."""

import pytest

from interaxion.content import paths
from interaxion.content.changes.named_rows import merge_named_rows
from posts.models import Post
from tests.admin_forms import form_of
from tests.factories import make_chapter, make_course, make_editor, make_page, make_post, make_speaker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_posts_and_pages_of_one_title_have_addresses_of_their_own():
    assert [make_post(title="年末").path for _ in range(3)] == ["/blog/年末", "/blog/年末-2", "/blog/年末-3"]
    assert [make_page(title="About us!").path, make_page(title="about us").path] == ["/about-us/", "/about-us-2/"]


def test_page_called_as_a_page_of_the_site_takes_the_next_address():
    assert make_page(title="Search").path == "/search-2/"


def test_address_that_somebody_typed_is_refused_where_it_is_taken():
    make_post(path="/blog/a")

    with pytest.raises(paths.ValidationError):
        make_post(path="/blog/a")


def test_course_and_chapter_pass_over_an_address_that_redirects_elsewhere():
    course = make_course(slug="waves")
    page = make_page()
    paths.claim_old(page, "/courses/light")
    paths.claim_old(page, "/courses/waves/one")

    assert make_course(slug="light").path == "/courses/light-2/"
    assert make_chapter(course=course, slug="one").path == "/courses/waves/one-2/"


def test_speaker_passes_over_the_address_of_a_merged_one():
    old, into = make_speaker(name="Rei A"), make_speaker(name="零")
    merge_named_rows([old], into, user=None)

    assert make_speaker(name="Rei-A").slug == "rei-a-2"
    assert make_speaker(name="rei_a").slug == "rei_a"
    assert make_speaker(name="Rei A!").slug == "rei-a-3"


def test_tag_and_speaker_of_the_same_slug_are_saved_in_the_admin(client):
    client.force_login(make_editor())
    make_speaker(name="Rei A")
    make_post(tags=("C/D",))

    for url, form, name in (
        ("/en/admin/episodes/speaker/add/", "speaker_form", "Rei A!"),
        ("/en/admin/content/tag/add/", "tag_form", "CD"),
    ):
        data = form_of(client.get(url), form) | {"name": name}
        assert client.post(url, data).status_code == 302

    assert client.get("/speakers/rei-a-2/").status_code == client.get("/tags/cd-2/").status_code == 404, "nothing live"
    assert paths.find_path("/speakers/rei-a-2/") and paths.find_path("/tags/cd-2/")


def test_post_of_a_title_that_is_there_already_is_saved_in_the_admin(client):
    client.force_login(make_editor())
    post = make_post(title="年末")
    url = "/en/admin/posts/post/add/"

    data = form_of(client.get(url), "post_form") | {"title": "年末", "category": str(post.category_id)}

    assert client.post(url, data).status_code == 302
    assert Post.objects.exclude(pk=post.pk).get().path == "/blog/年末-2"

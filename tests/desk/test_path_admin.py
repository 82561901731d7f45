import pytest

from interaxion.content import paths
from interaxion.content.paths import Path
from interaxion.content.saving.storing import store
from tests.factories import make_editor, make_host, make_post, make_speaker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
URL = "/en/admin/content/path/"


@pytest.fixture
def moved():
    post = make_post(path="/blog/a", title="引っ越した記事", live=True)
    post.path = "/blog/b"
    store(post, user=None)
    return post


def free(client, *rows, **more):
    data = {"action": "free_selected", "_selected_action": [row.pk for row in rows], **more}
    return client.post(URL, data, follow=True)


def test_list_shows_old_addresses_with_what_they_lead_to(client, moved):
    client.force_login(make_editor())

    page = client.get(URL).content.decode()

    assert page.index("/blog/a") < page.index("/blog/b")
    assert "引っ越した記事" in page


def test_old_address_is_freed_once_that_is_confirmed(client, moved):
    editor = make_editor()
    client.force_login(editor)
    row = paths.find_path("/blog/a")

    page = free(client, row).content.decode()
    assert "finds nothing there" in page and client.get("/blog/a").status_code == 301
    free(client, row, is_asked="1")

    assert client.get("/blog/a").status_code == 404
    entry = moved.log.first()
    assert (entry.user, entry.from_state, entry.to_state) == (editor, "live", "live")
    make_post(path="/blog/a", live=True)
    assert client.get("/blog/a").status_code == 200


def test_current_address_is_not_freed(client, moved):
    client.force_login(make_editor())

    page = free(client, paths.find_path("/blog/b"), is_asked="1").content.decode()

    assert "A current address stays" in page and client.get("/blog/b").status_code == 200


def test_old_address_of_a_person_is_freed(client):
    speaker = make_speaker(name="あき")
    speaker.slug = "aki"
    speaker.save()
    client.force_login(make_editor())

    free(client, paths.find_path("/speakers/あき"), is_asked="1")

    assert not Path.objects.filter(path="/speakers/あき").exists()


def test_host_frees_nothing(client, moved):
    client.force_login(make_host())

    assert free(client, paths.find_path("/blog/a"), is_asked="1").status_code == 403

    assert client.get("/blog/a").status_code == 301

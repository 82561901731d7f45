import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interaxion.content.publishing.window import Status
from interaxion.content.saving.transitions import transition
from interaxion.desk.pages.render_limits import MOST_BYTES, RENDERS
from tests.admin_forms import form_of
from tests.factories import (
    make_category,
    make_chapter,
    make_course,
    make_editor,
    make_episode,
    make_host,
    make_page,
    make_post,
    make_speaker,
    make_user,
)

pytestmark = pytest.mark.django_db
TIMED = "### 0:00 はじめに\n\n本文です。\n\n### つぎの話\n\n続きです。\n"


def dump() -> list[str]:
    """Everything in the database but the sessions."""
    models = [model for model in apps.get_models() if model._meta.label != "sessions.Session"]
    return [serializers.serialize("json", model._base_manager.order_by("pk")) for model in models]


@pytest.fixture
def host(client):
    user = make_host()
    client.force_login(user)
    return user


def test_preview_shows_typed_rows_speakers_and_tags_and_leaves_the_database_equal(client, host, settings):
    episode = make_episode(notes=TIMED, title="もとの題", speakers=(make_speaker(name="青木"),))
    other = make_speaker(name="新しい人")
    url = f"/en/admin/episodes/episode/{episode.pk}/change/"
    data = form_of(client.get(url), "episode_form") | {
        "title": "打ちかけの題",
        "summary": "打ちかけの要約",
        "tags": "まだ無いタグ",
        "sections-1-starts_at": "3:21",
        "sections-1-heading": "打ちかけの見出し",
        "appearances-0-speaker": str(other.pk),
    }
    before = dump()

    with CaptureQueriesContext(connection) as queries:
        response = client.post(url + "preview/", data)

    page = response.content.decode()
    assert response.status_code == 200
    for typed in ("打ちかけの題", "打ちかけの要約", "まだ無いタグ", "打ちかけの見出し", "3:21", "新しい人"):
        assert typed in page
    assert "もとの題" not in page and "青木" not in page
    assert response["X-Outline"].startswith('["t-0", "t-201"')
    assert "no-store" in response["Cache-Control"]
    assert dump() == before
    assert not [q for q in queries if not q["sql"].startswith("SELECT")]
    assert not settings.MEDIA_ROOT.exists()


def test_preview_of_a_document_and_of_something_new(client, host):
    url = "/en/admin/episodes/episode/add/"
    data = form_of(client.get(url), "episode_form") | {"title": "", "notes": "### 1:30 題もまだ\r\n\r\n本文\r\n"}
    before = dump()

    page = client.post(url + "preview/", data).content.decode()

    assert "題もまだ" in page and 'id="t-90"' in page
    assert dump() == before


@pytest.mark.parametrize(
    ("make", "label", "field"),
    [
        (make_post, "posts/post", "body"),
        (make_course, "courses/course", "source"),
        (make_chapter, "courses/chapter", "source"),
        (make_page, "sitewide/page", "body"),
    ],
)
def test_preview_of_every_kind_shows_what_is_typed(client, make, label, field):
    client.force_login(make_editor())
    thing = make()
    url = f"/en/admin/{label}/{thing.pk}/change/"
    data = form_of(client.get(url), f"{label.split('/')[1]}_form")

    page = client.post(
        url + "preview/", data | {field: "打ちかけの**文**です。", "title": "打ちかけの題"}
    ).content.decode()

    assert "打ちかけの<strong>文</strong>です。" in page
    assert "打ちかけの題" in page


@pytest.mark.parametrize(
    ("make", "label"),
    [(make_episode, "episodes/episode"), (make_post, "posts/post"), (make_chapter, "courses/chapter")],
)
def test_preview_is_what_visitors_will_see(client, make, label):
    client.force_login(make_editor(name="editor"))
    thing = make(live=True)
    url = f"/en/admin/{label}/{thing.pk}/change/"
    data = form_of(client.get(url), f"{label.split('/')[1]}_form")

    shown, _problems_part, _problems = client.post(url + "preview/", data).content.partition(b'<script id="problems"')
    client.logout()

    assert shown == client.get("/en" + thing.path).content


def test_preview_of_invalid_input_lists_what_is_wrong(client, host):
    episode = make_episode(notes=TIMED)
    url = f"/en/admin/episodes/episode/{episode.pk}/change/"
    data = form_of(client.get(url), "episode_form") | {"sections-1-starts_at": "soon", "number": "many"}

    response = client.post(url + "preview/", data)

    assert response.status_code == 422
    assert response.json()["errors"] == [
        "Number: Enter a number.",
        "つぎの話: Starts at: “soon” is no time. Write it such as 1:30 or 1:02:03.",
    ]


@pytest.mark.parametrize("page", ["preview", "short-notes"])
def test_preview_refuses_what_is_too_long_or_too_often_with_a_sentence(client, host, page):
    episode = make_episode()
    url = f"/en/admin/episodes/episode/{episode.pk}/change/"
    data = form_of(client.get(url), "episode_form")

    too_long = client.post(f"{url}{page}/", data | {"summary": "あ" * MOST_BYTES})
    for _preview in range(RENDERS.most):
        RENDERS.count(str(host.pk))
    too_often = client.post(f"{url}{page}/", data)

    assert (too_long.status_code, too_often.status_code) == (413, 429)
    assert "too long for a preview" in too_long.json()["errors"][0]
    assert "Too many previews" in too_often.json()["errors"][0]


def test_preview_does_not_ask_who_saved_since(client, host):
    episode = make_episode()
    url = f"/en/admin/episodes/episode/{episode.pk}/change/"
    data = form_of(client.get(url), "episode_form") | {"loaded_version": "0"}

    assert client.post(url + "preview/", data).status_code == 200


def test_preview_is_for_those_who_may_edit_the_thing(client):
    episode, page = make_episode(), make_page()
    trashed = make_episode()
    transition(trashed, to="trashed", user=None)
    client.force_login(make_user(group="host"))

    assert client.post(f"/en/admin/sitewide/page/{page.pk}/change/preview/").status_code == 403
    assert client.post(f"/en/admin/episodes/episode/{trashed.pk}/change/preview/").status_code == 403
    assert client.post("/en/admin/episodes/episode/99999/change/preview/").status_code == 404
    assert client.get(f"/en/admin/episodes/episode/{episode.pk}/change/preview/").status_code == 405


def test_preview_demands_the_token_against_forgery(host):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(host)

    assert strict.post(f"/en/admin/episodes/episode/{make_episode().pk}/change/preview/").status_code == 403


def test_preview_of_a_published_thing_stays_published(client, host):
    episode = make_episode(live=True)
    url = f"/en/admin/episodes/episode/{episode.pk}/change/"

    client.post(url + "preview/", form_of(client.get(url), "episode_form") | {"title": "別の題"})

    episode.refresh_from_db()
    assert episode.status == Status.PUBLISHED and episode.title != "別の題"


@pytest.mark.parametrize("kind", ["posts/post", "courses/chapter", "courses/course", "episodes/episode"])
def test_preview_of_something_new_shows_its_page_before_anything_is_typed(client, host, kind):
    make_category()
    make_course()
    url = f"/en/admin/{kind}/add/"

    response = client.post(f"{url}preview/", form_of(client.get(url), f"{kind.partition('/')[2]}_form"))

    assert response.status_code == 200, response.content.decode()


def test_preview_brings_the_short_notes_of_what_is_typed(client, host):
    episode = make_episode(notes=TIMED)
    url = f"/en/admin/episodes/episode/{episode.pk}/change/"
    data = form_of(client.get(url), "episode_form") | {"sections-0-body": "打ちかけの話。", "short_notes_for": "apple"}

    beside = client.post(f"{url}preview/", data).content.decode().partition('<template id="beside">')[2]

    assert "打ちかけの話" in beside and '<option value="apple" selected>' in beside
    assert 'id="beside"' not in client.post(f"{url}preview/", data | {"short_notes_for": "x"}).content.decode()

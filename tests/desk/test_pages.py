"""The forms besides episodes: nothing of theirs is inline, and what is typed is what is stored."""

import pytest
from django.contrib import admin
from django.urls import reverse

from courses.models import Chapter
from episodes.people.speakers import Speaker
from episodes.podcast import Podcast
from interaxion.content.paths import Path
from interaxion.content.tags import Tag
from posts.models import Post
from tests.admin_forms import form_of
from tests.factories import (
    make_category,
    make_chapter,
    make_editor,
    make_episode,
    make_host,
    make_page,
    make_post,
    make_speaker,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = make_editor()
    client.force_login(user)
    return user


@pytest.mark.parametrize("source", ["# 章\n\n一\n", "# 章\r\n\r\n一\r\n", "\n\n  二  \n\n\n", "三\r\n四\n五\n"])
def test_chapter_source_stays_byte_for_byte_through_the_form(client, editor, source):
    chapter = make_chapter(source=source)
    url = f"/en/admin/courses/chapter/{chapter.pk}/change/"

    assert client.post(url, form_of(client.get(url), "chapter_form") | {"title": "別の題"}).status_code == 302

    chapter = Chapter.objects.get()
    assert (chapter.title, chapter.source) == ("別の題", source)


def test_post_is_written_by_a_host(client):
    client.force_login(make_host())
    category, speaker = make_category(), make_speaker()
    url = "/en/admin/posts/post/add/"
    data = form_of(client.get(url), "post_form") | {
        "title": "新しい記事",
        "category": str(category.pk),
        "body": "一行目\r\n二行目\r\n",
        "authorships-TOTAL_FORMS": "1",
        "authorships-0-speaker": str(speaker.pk),
        "authorships-0-position": "0",
    }

    assert client.post(url, data).status_code == 302

    post = Post.objects.get()
    assert (post.path, post.body, [*post.authors.all()]) == ("/blog/新しい記事", "一行目\n二行目\n", [speaker])


def test_podcast_list_is_its_form_and_saves_the_one_row(client, editor):
    answer = client.get("/en/admin/episodes/podcast/")
    data = form_of(client.get(answer["Location"]), "podcast_form") | {
        "title": "番組",
        "categories": "Science > Physics",
    }

    saved = client.post(answer["Location"], data)
    assert saved.status_code == 302, saved.context["errors"]

    assert (Podcast.objects.get().pk, Podcast.current().title) == (1, "番組")


@pytest.mark.parametrize("kind", ["speaker", "tag"])
def test_merge_asks_which_one_stays_and_redirects_the_other(client, editor, kind):
    make = {"speaker": make_speaker, "tag": lambda name: Tag.objects.create(name=name)}[kind]
    model = {"speaker": Speaker, "tag": Tag}[kind]
    one, two = make(name="岡"), make(name="おか")
    url = {"speaker": "/en/admin/episodes/speaker/", "tag": "/en/admin/content/tag/"}[kind]
    old_path = two.path.rstrip("/")
    chosen = {"action": "merge_selected", "_selected_action": [one.pk, two.pk]}

    asked = client.post(url, chosen).content.decode()

    assert "Which one stays?" in asked and model.objects.count() == 2
    assert client.post(url, chosen | {"into": one.pk}).status_code == 302
    assert (model.objects.get(), model.objects.get().aliases) == (one, ["おか"])
    assert Path.objects.get(path=old_path).target == one


def test_host_may_not_merge(client):
    client.force_login(make_host())
    one, two = make_speaker(), make_speaker()

    client.post(
        "/en/admin/episodes/speaker/",
        {"action": "merge_selected", "_selected_action": [one.pk, two.pk], "into": one.pk},
    )

    assert Speaker.objects.count() == 2


def test_renamed_tag_keeps_its_old_address(client, editor):
    tag = Tag.objects.create(name="MI")
    old = tag.path.rstrip("/")
    url = f"/en/admin/content/tag/{tag.pk}/change/"

    data = form_of(client.get(url), "tag_form") | {"name": "ＡＩ ", "slug": "", "aliases": "人工知能\r\nえーあい"}
    assert client.post(url, data).status_code == 302

    tag.refresh_from_db()
    assert (tag.name, tag.slug, tag.aliases) == ("AI", "ai", ["人工知能", "えーあい"])
    assert not Path.objects.get(path=old).is_current


def test_tag_of_a_known_name_in_another_spelling_is_refused(client, editor):
    Tag.objects.create(name="MI")
    url = "/en/admin/content/tag/add/"

    answer = client.post(url, form_of(client.get(url), "tag_form") | {"name": "ｍｉ"})

    assert "There is a tag of this name." in answer.content.decode()


def test_deleting_several_tags_gives_up_their_addresses(client, editor):
    tags = [Tag.objects.create(name=name) for name in ("一", "二")]

    chosen = {"action": "delete_selected", "_selected_action": [tag.pk for tag in tags], "post": "yes"}
    client.post("/en/admin/content/tag/", chosen)

    assert not Tag.objects.exists() and not Path.objects.exists()


def test_speaker_whose_address_is_taken_is_an_error_of_the_form(client, editor):
    make_episode(path="/speakers/oka")
    url = "/en/admin/episodes/speaker/add/"

    answer = client.post(url, form_of(client.get(url), "speaker_form") | {"name": "岡", "slug": "oka"})

    assert "is already the address of" in answer.content.decode()


def test_account_of_a_speaker_is_set_by_superusers_only(client):
    speaker = make_speaker()
    url = f"/en/admin/episodes/speaker/{speaker.pk}/change/"

    client.force_login(make_host())
    assert "user" not in form_of(client.get(url), "speaker_form")
    client.force_login(make_user(is_superuser=True))
    assert "user" in form_of(client.get(url), "speaker_form")


def test_revisions_of_what_a_host_may_not_see_are_hidden(client):
    client.force_login(make_host())
    make_post(title="見える記事")
    make_page(title="見えない頁")

    page = client.get("/en/admin/content/revision/").content.decode()

    assert "見える記事" in page and "見えない頁" not in page


def test_pages_of_the_admin_hold_no_inline_script_or_style(client):
    client.force_login(make_user(is_superuser=True))
    make_episode(), make_post(), make_chapter(), make_page()

    for model in admin.site._registry:
        start = f"admin:{model._meta.app_label}_{model._meta.model_name}_"
        first = model._default_manager.first()
        pages = [reverse(start + "changelist")]
        pages += (
            [reverse(start + "change", args=[first.pk]), reverse(start + "history", args=[first.pk])] if first else []
        )
        for url in pages:
            html = client.get(url, follow=True).content.decode()
            assert " style=" not in html and "<style" not in html and " onclick=" not in html, url
            assert "<script>" not in html and "markdownx/js" not in html, url


def test_admin_speaks_japanese_without_a_prefix_and_english_under_en(client, editor):
    make_episode()

    assert 'lang="ja"' in client.get("/admin/episodes/episode/").content.decode()
    assert 'lang="en"' in client.get("/en/admin/episodes/episode/").content.decode()


@pytest.mark.parametrize("make", [make_episode, make_page, make_post])
def test_refused_form_with_an_emptied_address_comes_back(client, editor, make):
    thing = make(live=True)
    url = reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk])
    form_id = f"{thing._meta.model_name}_form"

    answer = client.post(url, form_of(client.get(url), form_id) | {"path": "", "title": "", "summary": "打った要約"})

    assert answer.status_code == 200
    assert form_of(answer, form_id)["summary"] == "打った要約"


@pytest.mark.parametrize("tags", ["光" * 101, "光\u202e学"])
def test_invalid_tag_is_an_error_of_its_field(client, editor, tags):
    post = make_post()
    url = f"/en/admin/posts/post/{post.pk}/change/"

    answer = client.post(url, form_of(client.get(url), "post_form") | {"tags": f"物理、{tags}"})

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors.keys() == {"tags"}
    assert not Tag.objects.exists()

import shutil
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from episodes.models import Episode
from episodes.notes.notes import MOST_SECTIONS
from interaxion.content.publishing.revisions import Revision
from interaxion.content.saving.transitions import transition
from interaxion.content.tags import Tag
from interaxion.content.validators import LONGEST_SOURCE
from interaxion.text.problems import errors_in
from tests.admin_forms import form_of
from tests.factories import make_episode, make_host, make_speaker

pytestmark = pytest.mark.django_db
ADMIN = "/en/admin/episodes/episode/"
TIMED = "### 0:00 はじめに\n\n本文です。\n\n### つぎの話\n\n続きです。\n\n### お知らせ\n\nおたよりを待っています。\n"
UNTIMED = "### はじめに\n\n本文です。\n"


@pytest.fixture
def host(client):
    user = make_host(name="host")
    client.force_login(user)
    return user


def load(client, episode, query=""):
    return form_of(client.get(f"{ADMIN}{episode.pk}/change/{query}"), "episode_form")


def save(client, episode, data):
    return client.post(f"{ADMIN}{episode.pk}/change/", data)


def test_new_episode_proposes_number_path_and_what_recurs_only(client, host):
    make_episode(number="6", title="先の題名", notes=TIMED, speakers=(make_speaker(),), summary="先の要約", live=True)
    make_episode(number="5.5")

    data = form_of(client.get(ADMIN + "add/"), "episode_form")

    assert data["number"] == "7"
    assert data["path"] == "/7-draft"
    assert data["notes"] == "### お知らせ\r\n\r\nおたよりを待っています。\r\n"
    assert data["title"] == data["summary"] == data["player"] == ""
    assert data["appearances-TOTAL_FORMS"] == "1", "its host"


@pytest.mark.parametrize("query", ["", "?notes=document"])
def test_notes_that_are_too_long_are_refused_with_the_line(client, host, query):
    episode = make_episode(notes=TIMED)
    data = load(client, episode, query)
    half = "一行。\r\n" * (LONGEST_SOURCE // 4 // 2)
    if query:
        data |= {"notes": "### 0:00 はじめに\r\n\r\n" + half * 2}
    else:
        data |= {"sections-0-body": half, "sections-1-body": half}

    response = save(client, episode, data)

    assert response.status_code == 200
    assert "divide it, or shorten it from line 749" in response.content.decode()
    assert Episode.objects.get().version == episode.version


def test_notes_of_too_many_sections_are_refused(client, host):
    data = load(client, make_episode(notes=TIMED), "?notes=document")
    data |= {"notes": "### 話\r\n\r\n" * (MOST_SECTIONS + 1)}

    response = save(client, Episode.objects.get(), data)

    assert "There are more than 1000 sections." in response.content.decode()


def test_new_episode_is_stored_with_sections_speakers_tags_and_revision(client, host):
    speaker = make_speaker(name="青木")
    data = form_of(client.get(ADMIN + "add/"), "episode_form") | {
        "title": "新しい話",
        "notes": "### 1:30 ひとつ\r\n\r\n本文\r\n",
        "tags": "超伝導、格子",
        "appearances-TOTAL_FORMS": "1",
        "appearances-0-speaker": str(speaker.pk),
        "appearances-0-role": "guest",
        "appearances-0-position": "1",
    }

    response = client.post(ADMIN + "add/", data | {"_continue": "1"})

    episode = Episode.objects.get()
    assert response.status_code == 302
    assert [(s.starts_at, s.heading, s.body) for s in episode.sections.all()] == [(90, "ひとつ", "本文")]
    assert [(a.speaker, a.role) for a in episode.appearances.all()] == [(speaker, "guest")]
    assert {tag.name for tag in episode.tags.all()} == {"超伝導", "格子"}
    assert (episode.version, episode.status) == (1, "draft")
    assert "ひとつ" in episode.html
    assert Revision.objects.get().user == host


def test_new_episode_begins_with_the_hosts_of_the_last_one(client, host):
    last = make_episode(speakers=(make_speaker(name="青木"), make_speaker(name="岡"), make_speaker(name="客")))
    last.appearances.filter(speaker__name="客").update(role="guest")
    data = form_of(client.get(ADMIN + "add/"), "episode_form")
    assert data["appearances-TOTAL_FORMS"] == "2"

    client.post(ADMIN + "add/", data | {"title": "そのまま"})
    client.post(
        ADMIN + "add/",
        data | {"title": "ひとりで", "number": "9", "path": "", "guid": "g", "appearances-0-speaker": ""},
    )

    hosts = {each.title: [str(row) for row in each.appearances.all()] for each in Episode.objects.exclude(pk=last.pk)}
    assert hosts == {"そのまま": ["青木", "岡"], "ひとりで": ["岡"]}


def test_notes_are_a_document_until_something_is_timed(client, host):
    untimed = load(client, make_episode(notes=UNTIMED))
    timed = load(client, make_episode(notes=TIMED))

    assert untimed["notes_as"] == "document" and "notes" in untimed and "sections-TOTAL_FORMS" not in untimed
    assert timed["notes_as"] == "rows" and "notes" not in timed and timed["sections-TOTAL_FORMS"] == "3"


def test_row_saves_typed_time_and_keeps_key(client, host):
    episode = make_episode(notes=TIMED)
    keys = [section.key for section in episode.sections.all()]

    response = save(client, episode, load(client, episode) | {"sections-1-starts_at": "１:０２:０３"})

    assert response.status_code == 302
    assert [section.starts_at for section in episode.sections.order_by("position")] == [0, 3723, None]
    assert [section.key for section in episode.sections.order_by("position")] == keys


@pytest.mark.parametrize(("typed", "said"), [("1:99", "is no time"), ("soon", "is no time")])
def test_row_refuses_what_is_no_time(client, host, typed, said):
    episode = make_episode(notes=TIMED)

    response = save(client, episode, load(client, episode) | {"sections-1-starts_at": typed})

    assert response.status_code == 200
    assert said in response.content.decode()
    assert typed in response.content.decode()
    assert Episode.objects.get().version == 1


def test_row_with_a_heading_in_its_text_is_refused(client, host):
    episode = make_episode(notes=TIMED)

    response = save(client, episode, load(client, episode) | {"sections-1-body": "前\r\n\r\n### 中の見出し\r\n"})

    assert response.status_code == 200
    assert "The text holds a heading" in response.content.decode()


def test_rows_can_be_added_moved_and_deleted(client, host):
    episode = make_episode(notes=TIMED)
    data = load(client, episode) | {
        "sections-0-DELETE": "on",
        "sections-1-position": "5",
        "sections-TOTAL_FORMS": "5",
        "sections-3-heading": "足した話",
        "sections-3-level": "3",
        "sections-3-position": "",
        "sections-4-heading": "",  # added and left empty
        "sections-4-level": "3",
        "sections-4-position": "9",
    }

    response = save(client, episode, data)

    assert response.status_code == 302
    assert [s.heading for s in episode.sections.order_by("position", "key")] == ["お知らせ", "つぎの話", "足した話"]


def test_edit_as_one_document_shows_unsaved_rows_and_saves_nothing(client, host):
    episode = make_episode(notes=TIMED)
    data = load(client, episode) | {
        "sections-1-starts_at": "2:00",
        "sections-2-body": "変えた本文",
        "_as_document": "1",
    }

    response = save(client, episode, data)

    shown = form_of(response, "episode_form")
    assert shown["notes_as"] == "document"
    assert "### 2:00 つぎの話\r\n" in shown["notes"] and "変えた本文" in shown["notes"]
    assert "sections-TOTAL_FORMS" not in shown
    assert Episode.objects.get().version == 1
    assert save(client, episode, shown).status_code == 302
    assert episode.sections.get(heading="つぎの話").starts_at == 120


def test_document_keeps_row_identity(client, host):
    episode = make_episode(notes=TIMED)
    keys = {section.heading: section.key for section in episode.sections.all()}
    data = load(client, episode, "?notes=document")
    data["notes"] = data["notes"].replace(
        "### つぎの話", "### 0:30 差しこんだ話\r\n\r\n新しい。\r\n\r\n### 3:00 つぎの話"
    )

    assert save(client, episode, data).status_code == 302

    after = {section.heading: section.key for section in episode.sections.all()}
    assert {heading: after[heading] for heading in keys} == keys
    assert list(after) == ["はじめに", "差しこんだ話", "つぎの話", "お知らせ"]


def test_document_that_cannot_be_stored_is_an_error_of_the_form(client, host):
    episode = make_episode(notes=UNTIMED)

    response = save(client, episode, load(client, episode) | {"notes": f"### {'長' * 600}\r\n"})

    assert response.status_code == 200
    assert "at most 500" in response.content.decode()


@pytest.mark.parametrize(
    "pasted",
    [
        '<iframe src="https://open.spotify.com/embed/episode/4rOoJ6Egrf8K2IrywzwOMk?utm_source=generator"></iframe>',
        "https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk",
    ],
)
def test_player_is_taken_from_what_is_pasted(client, host, pasted):
    episode = make_episode()

    assert save(client, episode, load(client, episode) | {"player": pasted}).status_code == 302

    episode.refresh_from_db()
    assert (episode.player_provider, episode.player_id) == ("spotify", "episode/4rOoJ6Egrf8K2IrywzwOMk")
    assert save(client, episode, load(client, episode) | {"player": ""}).status_code == 302
    episode.refresh_from_db()
    assert (episode.player_provider, episode.player_id) == ("", "")


def test_player_of_an_unknown_site_is_refused(client, host):
    episode = make_episode()

    response = save(client, episode, load(client, episode) | {"player": "https://example.org/player/1"})

    assert "This is no player that we know" in response.content.decode()


def test_uploaded_audio_is_measured_and_named_by_its_content(client, host, settings):
    episode = make_episode()
    audio = settings.BASE_DIR / "interaxion/sitewide/demo/site/assets/audio/episode1.mp3"
    upload = SimpleUploadedFile("../my voice.exe", audio.read_bytes(), "text/html")

    assert save(client, episode, load(client, episode) | {"audio_file": upload}).status_code == 302

    episode.refresh_from_db()
    assert episode.audio_bytes == audio.stat().st_size
    assert episode.audio_type == "audio/mpeg"
    assert episode.audio_seconds > 10
    assert episode.audio_file.name.startswith("audio/") and episode.audio_file.name.endswith(".mp3")
    assert "voice" not in episode.audio_file.name
    assert ">my voice.exe</a>" in client.get(f"{ADMIN}{episode.pk}/change/").content.decode()
    shutil.rmtree(settings.MEDIA_ROOT)


def test_audio_that_is_none_is_refused(client, host):
    episode = make_episode()
    upload = SimpleUploadedFile("show.mp3", b"<html>" * 1000, "audio/mpeg")

    response = save(client, episode, load(client, episode) | {"audio_file": upload})

    assert response.context["adminform"].form.errors["audio_file"] == [
        "This audio file is damaged. Export it again as MP3 or M4A."
    ]


def test_taken_path_is_an_error_of_the_field(client, host):
    make_episode(number="1")
    episode = make_episode(number="2")

    response = save(client, episode, load(client, episode) | {"path": "/1-draft"})

    assert response.status_code == 200
    assert "is already the address of" in str(response.context["adminform"].form.errors["path"])


def test_empty_path_whose_proposal_is_taken_is_an_error_of_the_field(client, host):
    make_episode(number="9", path="/2-draft")
    episode = make_episode(number="2", path="/elsewhere")

    response = save(client, episode, load(client, episode) | {"path": ""})

    assert response.status_code == 200
    assert "is already the address of" in str(response.context["adminform"].form.errors["path"])


def test_stale_save_is_refused_and_saved_on_top_when_asked(client, host):
    episode = make_episode(notes=TIMED, title="もとの題")
    mine, theirs = load(client, episode), load(client, episode)
    theirs |= {"title": "先の人の題", "sections-2-DELETE": "on"}
    assert save(client, episode, theirs).status_code == 302
    mine |= {"title": "わたしの題", "sections-1-body": "わたしの文"}

    refused = save(client, episode, mine)

    page = refused.content.decode()
    assert refused.status_code == 200
    assert "You changed this elsewhere, too" in page and "host saved" not in page
    assert "わたしの題" in page and "わたしの文" in page
    assert Episode.objects.get().title == "先の人の題"

    assert save(client, episode, mine | {"on_top_of": "2"}).status_code == 302

    episode.refresh_from_db()
    assert (episode.title, episode.version) == ("わたしの題", 3)
    assert [s.heading for s in episode.sections.all()] == ["はじめに", "つぎの話"], "what only they did stays"
    assert episode.sections.get(heading="つぎの話").body == "わたしの文"
    assert [r.data["fields"]["title"] for r in Revision.objects.order_by("number")][1:] == ["先の人の題", "わたしの題"]


def test_save_without_a_version_counts_as_stale(client, host):
    episode = make_episode()
    data = load(client, episode) | {"title": "別の題"}
    del data["loaded_version"]

    assert save(client, episode, data).status_code == 200
    assert Episode.objects.get().version == 1


def test_form_opened_before_publishing_does_not_undo_it(client, host):
    episode = make_episode(number="3")
    data = load(client, episode) | {"title": "直した題"}
    transition(episode, to="published", user=None)

    assert save(client, episode, data).status_code == 302

    episode.refresh_from_db()
    assert episode.is_live()
    assert (episode.path, episode.title) == ("/3", "直した題")


def test_list_opens_with_a_flat_number_of_queries(client, host, django_assert_max_num_queries):
    for _ in range(3):
        make_episode(speakers=(make_speaker(), make_speaker()), tags=("格子",))
    client.get(ADMIN)

    with django_assert_max_num_queries(15):
        response = client.get(ADMIN)

    assert "Draft" in response.content.decode()


def test_form_opens_with_the_same_number_of_queries_for_many_sections(client, host):
    few = make_episode(notes="### 0:01 一\n\n本文\n")
    many = make_episode(notes="".join(f"### {n}:00 話{n}\n\n本文\n\n" for n in range(25)))
    load(client, few)
    with CaptureQueriesContext(
        connection,
    ) as small:
        load(client, few)
    with CaptureQueriesContext(connection) as large:
        load(client, many)

    assert len(large) == len(small)


def test_rough_times_are_kept_and_only_warned_of(client, host):
    episode = make_episode(notes="### 0:00 一\n\n### 5:00 二\n\n### 9:00 三\n", audio_seconds=600)

    save(client, episode, load(client, episode) | {"sections-1-starts_at": "12:00", "sections-2-starts_at": "9:30"})

    assert [section.starts_at for section in episode.sections.all()] == [0, 720, 570]
    found = [problem for problem in Episode.objects.get().problems() if problem.row_field == "starts_at"]
    assert found and not errors_in(found)


def test_new_tag_in_another_spelling_is_the_known_one(client, host):
    tag = Tag.objects.create(name="MI", aliases=["マテリアルズ・インフォマティクス"])
    episode = make_episode()

    save(client, episode, load(client, episode) | {"tags": "ｍｉ、マテリアルズ・インフォマティクス"})

    assert list(episode.tags.all()) == [tag]


def test_decimal_number_is_kept(client, host):
    episode = make_episode(number="19.5")

    assert load(client, episode)["number"] == "19.5"
    assert save(client, episode, load(client, episode)).status_code == 302
    assert Episode.objects.get().number == Decimal("19.5")


def test_address_of_a_draft_follows_its_number(client, host):
    data = form_of(client.get(ADMIN + "add/"), "episode_form") | {"title": "番外", "number": "19.5"}
    assert data["path"] == "/1-draft"

    client.post(ADMIN + "add/", data)

    episode = Episode.objects.get()
    assert episode.path == "/19-5-draft"
    save(client, episode, load(client, episode) | {"number": "20"})
    episode.refresh_from_db()
    assert episode.path == "/20-draft"
    save(client, episode, load(client, episode) | {"path": "/special-draft", "number": "21"})
    episode.refresh_from_db()
    assert episode.path == "/special-draft"


def test_view_of_the_notes_is_remembered_and_kept_by_a_save(client, host):
    episode = make_episode(notes="### 0:00 はじめに\n\n本文です。\n")
    address = f"{ADMIN}{episode.pk}/change/"
    assert "sections-0-body" in load(client, episode)

    typed = load(client, episode, "?still=document") | {"_continue": "1"}
    assert client.post(address, typed)["Location"] == f"{address}?still=document"
    assert "sections-0-body" in load(client, episode)  # kept by the save, not chosen

    load(client, episode, "?notes=document")
    assert "notes" in load(client, episode)
    load(client, episode, "?notes=rows")
    assert "sections-0-body" in load(client, episode)


def test_number_that_is_taken_names_a_free_one(client, host):
    make_episode(number="12")
    episode = make_episode(number="7")

    page = save(client, episode, load(client, episode) | {"number": "12"})

    assert "13 is free" in page.content.decode()

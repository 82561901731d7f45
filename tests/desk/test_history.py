import pytest

from episodes.models import Episode
from interaxion.content.publishing.revisions import Revision
from tests.admin_forms import form_of
from tests.factories import make_chapter, make_editor, make_episode, make_host, make_page, make_speaker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ADMIN = "/en/admin/episodes/episode/"
TIMED = "### 0:00 はじめに\n\n室温の超伝導を話した。\n\n### 1:30 つぎの話\n\n続きです。\n"


@pytest.fixture
def host(client):
    user = make_host(name="host")
    client.force_login(user)
    return user


def save(client, episode, changes):
    url = f"{ADMIN}{episode.pk}/change/"
    answer = client.post(url, form_of(client.get(url), "episode_form") | changes)
    assert answer.status_code == 302


def page_of(client, episode, rest):
    return client.get(f"{ADMIN}{episode.pk}/history/{rest}").content.decode()


def test_difference_to_the_version_before_is_in_words(client, host):
    episode = make_episode(notes=TIMED, speakers=(make_speaker(name="青木"),), tags=("格子",))
    save(
        client,
        episode,
        {
            "sections-0-body": "室温の超流動を話した。",
            "sections-1-starts_at": "2:00",
            "tags": "光",
            "appearances-0-role": "guest",
        },
    )

    page = page_of(client, episode, "2/")

    assert "室温の<del>超伝導</del><ins>超流動</ins>を話した。" in page
    assert "<del>1</del><ins>2</ins>:<del>30</del><ins>00</ins>" in page
    assert "<del>格子</del><ins>光</ins>" in page
    assert "<del>Host</del><ins>Guest</ins>" in page
    assert "host" in page_of(client, episode, "")


def test_history_names_what_each_version_changed(client, host):
    episode = make_episode(notes=TIMED)
    save(client, episode, {"summary": "要約です。", "sections-1-body": "直した文。"})

    page = client.get(f"{ADMIN}{episode.pk}/history/")

    newest, first = page.context["revisions"]
    assert newest.changes == "summary, section “つぎの話”" and first.changes == ""
    assert "summary, section “つぎの話”" in page.content.decode()


def test_two_versions_are_compared_whichever_is_named_first(client, host):
    episode = make_episode(title="一の題")
    for title in ("二の題", "三の題", "四の題"):
        save(client, episode, {"title": title})

    for query in ("from=1&with=3", "from=3&with=1"):
        page = client.get(f"{ADMIN}{episode.pk}/history/compare/?{query}", follow=True).content.decode()
        assert "<del>一</del><ins>三</ins>の題" in page and "Since version 1" in page
    unchosen = client.get(f"{ADMIN}{episode.pk}/history/compare/?from=2&with=2", follow=True)
    assert "Choose two versions." in unchosen.content.decode()
    assert client.get(f"{ADMIN}{episode.pk}/history/3/?to=99").status_code == 404


def test_long_history_has_pages(client, host, monkeypatch):
    monkeypatch.setattr("interaxion.desk.pages.history.PER_PAGE", 2)
    episode = make_episode(title="一の題")
    for title in ("二の題", "三の題"):
        save(client, episode, {"title": title})
    page = client.get(f"{ADMIN}{episode.pk}/history/")
    assert [revision.number for revision in page.context["revisions"]] == [3, 2]

    older = client.get(f"{ADMIN}{episode.pk}/history/?before={page.context['older']}")

    assert [revision.number for revision in older.context["revisions"]] == [1]


def test_difference_to_now_skips_what_came_between(client, host):
    episode = make_episode(notes=TIMED, title="一の題", live=True)
    save(client, episode, {"title": "二の題"})
    save(client, episode, {"title": "三の題"})

    page = page_of(client, episode, "1/?to=now")

    assert "<del>一</del><ins>三</ins>の題" in page and "二の題" not in page
    assert "What is public now, compared with it" in page


def test_first_version_is_compared_with_nothing_in_the_words_of_the_form(client, host):
    episode = make_episode(notes="前書き\n\n" + TIMED, title="一の題")

    page = page_of(client, episode, "1/")

    assert "<ins>一の題</ins>" in page and "<ins>Full</ins>" in page and "<ins>no</ins>" in page
    assert "The text before the first heading" in page and "###</ins>" not in page


def test_restore_fills_the_form_and_publishes_nothing(client, host):
    speaker = make_speaker(name="青木")
    episode = make_episode(notes=TIMED, title="一の題", tags=("格子",), speakers=(speaker,), live=True)
    keys = [section.key for section in episode.sections.all()]
    save(
        client,
        episode,
        {"title": "二の題", "sections-0-DELETE": "on", "tags": "光", "appearances-0-DELETE": "on", "is_explicit": "on"},
    )

    shown = client.post(f"{ADMIN}{episode.pk}/history/1/restore/")

    form = form_of(shown, "episode_form")
    assert (form["title"], form["tags"], form["loaded_version"]) == ("一の題", "格子", "2")
    assert "室温の超伝導を話した。" in form["notes"] and form["appearances-0-speaker"] == str(speaker.pk)
    assert "is_explicit" not in form
    episode.refresh_from_db()
    assert (episode.title, episode.version, Revision.objects.count()) == ("二の題", 2, 2)

    assert client.post(f"{ADMIN}{episode.pk}/change/", form).status_code == 302

    episode.refresh_from_db()
    first, last = (Revision.objects.get(number=number).data for number in (1, 3))
    assert (episode.title, episode.is_live()) == ("一の題", True)
    assert [row["key"] for row in last["rows"]["sections"]] == keys
    assert last["rows"] == first["rows"] and last["tags"] == first["tags"]
    assert "From version 1." in page_of(client, episode, "")


def test_restored_section_has_its_key_and_the_anchor_of_the_old_site_again(client, host):
    episode = make_episode(notes=TIMED)
    episode.sections.filter(heading="はじめに").update(imported_anchor="はじめに-1")
    save(client, episode, {"title": "別の題"})
    was = list(episode.sections.values_list("key", "imported_anchor"))
    save(client, episode, {"sections-0-DELETE": "on", "sections-1-body": "書きかえた。"})

    form = form_of(client.post(f"{ADMIN}{episode.pk}/history/2/restore/"), "episode_form")
    client.post(f"{ADMIN}{episode.pk}/change/", form)

    assert list(episode.sections.values_list("key", "imported_anchor")) == was


def test_restore_survives_other_models_and_people_who_are_gone(client, host):
    gone = make_speaker(name="いない人")
    episode = make_episode(notes=TIMED, title="一の題", speakers=(gone,))
    revision = Revision.objects.get()
    episode.replace_appearances([])
    gone.delete()
    revision.data["fields"] |= {"colour": "blue", "season": "not a number", "publish_at": "someday"}
    revision.data["rows"]["guests"] = [{"name": "x"}]
    revision.data["rows"]["sections"][0]["mood"] = "good"
    del revision.data["fields"]["summary"]
    revision.save()

    shown = client.post(f"{ADMIN}{episode.pk}/history/1/restore/")

    assert form_of(shown, "episode_form")["title"] == "一の題"
    assert "いない人" in shown.content.decode()
    assert page_of(client, episode, "1/?to=now")


@pytest.mark.parametrize(
    "evil", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>']
)
def test_difference_is_escaped(client, host, evil):
    episode = make_episode(notes=TIMED)
    save(client, episode, {"title": evil, "sections-0-heading": evil, "sections-1-body": evil})

    for rest in ("2/", "1/?to=now", "2/?to=now"):
        assert evil not in page_of(client, episode, rest)


def test_chapter_is_restored_with_its_line_ends(client):
    client.force_login(make_editor())
    chapter = make_chapter(source="# 章\n\n一\n")
    url = f"/en/admin/courses/chapter/{chapter.pk}/"
    client.post(f"{url}change/", form_of(client.get(f"{url}change/"), "chapter_form") | {"source": "# 別\n"})

    form = form_of(client.post(f"{url}history/1/restore/"), "chapter_form")
    assert client.post(f"{url}change/", form).status_code == 302

    chapter.refresh_from_db()
    assert chapter.source == "# 章\n\n一\n"


def test_history_is_for_those_who_may_see_the_thing(client, host):
    page = make_page()

    for rest in ("history/", "history/1/"):
        assert client.get(f"/en/admin/sitewide/page/{page.pk}/{rest}").status_code == 403
    assert client.post(f"/en/admin/sitewide/page/{page.pk}/history/1/restore/").status_code == 403
    assert client.get(f"{ADMIN}{make_episode().pk}/history/9/").status_code == 404
    assert Episode.objects.get().version == 1


def test_history_marks_what_is_public_and_spells_instants_as_everywhere(client):
    client.force_login(make_editor(name="editor"))
    episode = make_episode(live=True, title="もとの題")
    save(client, episode, {"title": "直した題"})
    save(client, episode, {"publish_at": "2026-03-12T22:00:00"})

    listed = page_of(client, episode, "")
    assert listed.count("(public now)") == 1 and "(was public)" in listed
    assert "T22:00" not in page_of(client, episode, f"{Episode.objects.get().version}/")

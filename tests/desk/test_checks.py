import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from episodes.models import Episode
from interaxion.content.checks.problem_counts import ProblemCount, count_problems
from interaxion.content.jobs.work import Stopped, Work
from interaxion.content.linking.health import LinkStatus
from interaxion.content.saving.transitions import transition
from interaxion.desk.pages.link_jobs import check_links, present_links, queue_link_check
from tests.admin_forms import form_of
from tests.factories import make_editor, make_episode, make_host, make_post, make_speaker, make_user
from tests.jobs import run_jobs
from tests.web_server import HERE, serve

pytestmark = pytest.mark.django_db

NOTES = "### 0:00 一\n\n本文。\n\n### 1:00 二\n\n本文。\n\n### 2:00 三\n\n本文。\n"


@pytest.fixture
def host(client):
    user = make_host()
    client.force_login(user)
    return user


def problems_in(response) -> list[dict]:
    _page, _tag, rest = response.content.decode().partition('<script id="problems" type="application/json">')
    return json.loads(rest.partition("</script>")[0])


def preview(client, episode, *, ask="", **typed):
    url = f"/en/admin/episodes/episode/{episode.pk}/change/"
    data = form_of(client.get(url + ask), "episode_form") | typed
    return problems_in(client.post(url + "preview/", data))


def test_preview_names_the_field_of_each_problem_in_what_is_typed(client, host):
    episode = make_episode(notes=NOTES, speakers=(make_speaker(),), summary="話しました。")

    typed = {"title": " ", "sections-1-body": "**閉じない", "sections-2-starts_at": "0:30"}
    problems = preview(client, episode, **typed)

    by_target = {problem["target"]: problem for problem in problems}
    assert set(by_target) == {"id_title", "id_audio_url", "id_sections-1-body", "id_sections-2-starts_at"}
    assert by_target["id_title"]["is_error"]
    assert by_target["id_sections-1-body"]["message"].startswith("二: ")


def test_preview_of_a_document_names_the_line(client, host):
    episode = make_episode(notes=NOTES, speakers=(make_speaker(),), audio_url="")
    typed = "前置き\n\n" + NOTES.replace("### 1:00 二\n\n本文。", "### 1:00 二\n\n![](/static/a.png)")

    problems = preview(client, episode, ask="?notes=document", notes=typed)

    (problem,) = [problem for problem in problems if problem["target"] == "id_notes"]
    assert typed.split("\n")[problem["line"]] == "![](/static/a.png)"


def test_problems_cannot_end_the_data_they_stand_in(client, host):
    episode = make_episode(notes=NOTES)

    problems = preview(client, episode, **{"sections-0-heading": "</script><b> **閉じない"})

    assert any("</script><b>" in problem["message"] for problem in problems)


def test_page_that_asks_links_each_problem_to_its_field(client):
    client.force_login(make_editor())
    episode = make_episode(notes=NOTES.replace("### 1:00 二", "### 二"))
    LinkStatus.objects.create(url="https://a.example/x", state="dead")

    page = client.get(f"/en/admin/episodes/episode/{episode.pk}/change/transition/?to=published").content.decode()

    change = f"/en/admin/episodes/episode/{episode.pk}/change/"
    assert f'href="{change}?notes=rows#id_sections-1-starts_at"' in page
    assert f'href="{change}#appearances-group"' in page
    assert f'href="{change}#id_audio_url"' in page


def test_save_counts_problems_and_lists_show_them_in_a_flat_number_of_queries(
    client, host, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        episodes = [make_episode(notes=NOTES) for _ in range(2)]
    assert ProblemCount.objects.filter(object_id=episodes[0].pk).get().warnings == 3

    with CaptureQueriesContext(connection) as few:
        page = client.get("/en/admin/episodes/episode/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(4):
            make_episode(notes=NOTES)
    with CaptureQueriesContext(connection) as many:
        client.get("/en/admin/episodes/episode/")

    assert page.count("3 warnings") == 2
    assert len(few) == len(many)


def test_list_tells_errors_from_nothing_and_from_never_counted(client, host):
    posts = [make_post(title=f"記事{n}") for n in range(3)]
    posts[0].title = " "
    count_problems(posts[0])
    count_problems(posts[1])

    page = client.get("/en/admin/posts/post/").content.decode()

    cells = re.findall(r'field-problem_count">(.*?)<', page)
    assert sorted(cells) == ["1 error", "–", "✓"]


@pytest.fixture
def site(settings):
    settings.SITE_URL, settings.SITE_HOST = "https://show.example", "show.example"
    with serve({"/here": 200, "/away": "/here"}) as site:
        yield site


def press(client, thing):
    return client.post(f"/admin/{thing._meta.label_lower.replace('.', '/')}/{thing.pk}/change/check-links/").json()[
        "status"
    ]


def test_button_asks_for_the_links_of_this_thing_and_says_what_came_of_it(client, host, site):
    episode = make_episode(notes=f"### 0:00 一\n\n[a]({site.url}/here) [b]({site.url}/away) [c]({site.url}/gone)\n")
    make_post(body=f"[a]({site.url}/elsewhere)\n")
    LinkStatus.objects.create(url=f"{site.url}/here", state="ok")
    work = Work(queue_link_check(episode, host))

    check_links(work, allowed_networks=HERE)

    said = present_links(work.report)
    assert said["message"].startswith("3件")
    by_path = {link["url"].rpartition("/")[2]: link for link in said["links"]}
    assert set(by_path) == {"away", "gone"}
    assert by_path["gone"]["offer"].startswith("https://web.archive.org/web/") and not by_path["away"]["offer"]
    assert "/elsewhere" not in {path for _method, path in site.seen}
    assert (work.done, work.total) == (3, 3)


def test_button_reaches_no_private_address_and_its_status_has_the_report(client, host, site):
    episode = make_episode(notes=f"### 0:00 一\n\n[a]({site.url}/here)\n")

    status = press(client, episode)
    assert press(client, episode) == status
    assert client.get(status).json() | {"log": []} == {
        "label": "待機中", "is_over": False, "done": 0, "total": 0, "log": [],
    }  # fmt: skip
    run_jobs()

    assert client.get(status + "?report").json()["report"]["message"].startswith("1件")
    assert "1件" in client.get(status.removesuffix("status/")).content.decode()
    assert site.seen == []
    assert LinkStatus.objects.get().state == "unknown"


def test_link_check_that_is_left_counts_the_problems_of_what_it_asked_for(client, host, site):
    url = f"{site.url}/here"
    episode = make_episode(notes=f"### 0:00 一\n\n[a]({url})\n")
    LinkStatus.objects.create(url=url, state="dead", failures=2)
    work = Work(queue_link_check(episode, host))
    work.is_stop_asked = True

    with pytest.raises(Stopped):
        check_links(work, allowed_networks=HERE)

    assert LinkStatus.objects.get().state == "ok"
    assert ProblemCount.objects.filter(object_id=episode.pk).exists()


def test_colleague_follows_the_same_check_and_others_do_not(client, host):
    status = press(client, make_episode())
    client.force_login(make_host())
    assert client.get(status).status_code == 200

    nobody = make_user()
    nobody.is_staff = True
    nobody.save()
    client.force_login(nobody)
    assert client.get(status).status_code == 403


def test_button_is_for_those_who_may_change_the_thing(client, host):
    episode = make_episode()
    transition(episode, to="trashed", user=None)
    assert Episode.objects.get().deleted_at

    assert client.post(f"/en/admin/episodes/episode/{episode.pk}/change/check-links/").status_code == 403
    assert client.post("/en/admin/episodes/episode/99999/change/check-links/").status_code == 404

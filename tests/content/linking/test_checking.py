from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from interaxion.content.linking.checking import find_addresses, find_due, oldest_first, probe_links
from interaxion.content.linking.health import LinkStatus
from interaxion.content.linking.links import Link
from interaxion.content.saving.transitions import transition
from tests.factories import make_episode, make_post
from tests.web_server import HERE, serve

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def site(settings):
    settings.SITE_URL, settings.SITE_HOST = "https://show.example", "show.example"  # or the server would be our own
    with serve({"/here": 200, "/away": "/here", "/secret": 403}) as site:
        yield site


def check() -> None:
    addresses = find_addresses(Link.objects.all())
    list(probe_links(oldest_first(addresses), addresses, seconds=30, pause=0, allowed_networks=HERE))


def states() -> dict[str, str]:
    return {status.url.rpartition("/")[2]: status.state for status in LinkStatus.objects.all()}


def age(**by) -> None:
    """Let what was found out have been found out earlier."""
    for status in LinkStatus.objects.all():
        status.checked_at -= timedelta(**by)
        status.gone_since = status.gone_since and status.gone_since - timedelta(**by)
        status.save()


def test_check_writes_what_each_address_answers_once(site):
    make_post(body=f"[a]({site.url}/here#one) [b]({site.url}/here#two) [c]({site.url}/away) [d]({site.url}/secret)\n")
    make_post(body=f"[a]({site.url}/here) [own](/57) [mail](mailto:a@example.org)\n")

    check()

    assert states() == {"here": "ok", "away": "moved", "secret": "unknown"}
    assert [path for _method, path in site.seen].count("/here") == 2  # by itself, and where /away leads


def test_link_dies_on_the_second_day_and_is_then_a_warning(site):
    episode = make_episode(notes=f"### 0:00 一\n\n[消えた]({site.url}/gone)\n")
    check()
    assert states() == {"gone": "unknown"}
    assert not [problem for problem in episode.problems() if "gone" in problem.message]

    age(days=1)
    check()

    (problem,) = [problem for problem in episode.problems() if "gone" in problem.message]
    section = episode.sections.get()
    assert (problem.level, problem.field) == ("warning", "sections")
    assert (problem.place, problem.row_field) == (section.key, "body")
    assert problem.heading == "一"
    assert problem.offer.startswith("https://web.archive.org/web/2") and problem.offer.endswith(f"{site.url}/gone")
    counted = episode.problem_counts.get()
    assert counted.warnings == len(episode.problems())


def test_page_that_comes_back_is_no_problem_any_more(site):
    post = make_post(body=f"[a]({site.url}/gone)\n")
    check()
    age(days=1)
    check()
    assert post.problem_counts.get().warnings == 1

    site.pages["/gone"] = 200
    check()

    assert post.problems() == [] and post.problem_counts.get().warnings == 0


def test_links_in_the_trash_are_not_asked_for(site):
    transition(make_post(body=f"[a]({site.url}/here)\n"), to="trashed", user=None)

    check()

    assert site.seen == []


def test_oldest_answer_is_asked_for_first(site):
    make_post(body="".join(f"[a]({site.url}/{n})\n" for n in range(3)))
    addresses = find_addresses(Link.objects.all())
    now = timezone.now()
    LinkStatus.objects.create(url=f"{site.url}/0", checked_at=now)
    LinkStatus.objects.create(url=f"{site.url}/1", checked_at=now - timedelta(days=1))

    assert [url.rpartition("/")[2] for url in oldest_first(addresses)] == ["2", "1", "0"]


@pytest.mark.parametrize(
    ("state", "days", "due"),
    [
        ("ok", 29, False),
        ("ok", 31, True),
        ("dead", 13, False),
        ("dead", 15, True),
        ("unknown", 1, False),
        ("unknown", 3, True),
    ],
)
def test_answer_is_due_again_by_its_state(state, days, due):
    make_post(body="[a](https://a.example/x)\n")
    now = timezone.now()
    LinkStatus.objects.create(url="https://a.example/x", state=state, checked_at=now - timedelta(days=days))

    assert bool(find_due(find_addresses(Link.objects.all()), now)) is due


def test_command_names_what_is_not_fine_and_where_it_stands(site, capsys):
    make_episode(number="7", notes=f"### 0:00 一\n\n[a]({site.url}/gone) [b]({site.url}/away) [c]({site.url}/here)\n")

    call_command("check_links", allowed_networks=HERE, pause=0)

    said = capsys.readouterr().out
    assert f"unknown: 404: {site.url}/gone\n    in /7-draft\n    https://web.archive.org/web/" in said
    assert f"moved: 200: {site.url}/away → {site.url}/here\n" in said
    assert said.endswith("1 ok, 1 moved, 0 dead, 1 unknown\n")


def test_command_asks_for_one_episode_or_for_so_many(site, capsys):
    make_episode(number="7.5", notes=f"### 0:00 一\n\n[a]({site.url}/here)\n")
    make_post(body=f"[a]({site.url}/away)\n")

    call_command("check_links", episode="7.5", allowed_networks=HERE, pause=0)
    assert states() == {"here": "ok"}
    call_command("check_links", limit=1, allowed_networks=HERE, pause=0)
    assert states() == {"here": "ok", "away": "moved"}

    with pytest.raises(CommandError):
        call_command("check_links", episode="99")


def test_whole_check_forgets_what_nothing_links_to(site):
    LinkStatus.objects.create(url="https://a.example/forgotten", state="dead")

    call_command("check_links", allowed_networks=HERE)

    assert not LinkStatus.objects.exists()


def test_tick_asks_for_what_is_due_within_its_budget(site, capsys):
    make_post(body="".join(f"[a]({site.url}/{n})\n" for n in range(3)))

    call_command("tick", links=2, allowed_networks=HERE, pause=0)
    call_command("tick", links=2, allowed_networks=HERE, pause=0)
    call_command("tick", links=2, allowed_networks=HERE, pause=0)

    said = capsys.readouterr().out.splitlines()
    assert said == ["links asked for: 2 of 2", "links asked for: 1 of 1", "links asked for: 0 of 0"]

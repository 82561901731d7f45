"""The list of episodes, narrowed down by the query string of its address."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from episodes.filters import beside
from episodes.filters.beside import find_beside
from episodes.filters.choices import find_episodes, read_filters
from episodes.models import Appearance
from interaxion.content.publishing.site_state import SiteState
from tests.factories import make_copies, make_episode, make_speaker
from tests.html_pages import html_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def archive():
    """Four episodes of three years; 岡 is in all but the last, 湊 in one."""
    oka, minato = (
        make_speaker(name="岡", reading="おか", slug="oka"),
        make_speaker(name="湊", reading="みなと", slug="湊"),
    )
    for number, year, season, speakers, tags, seconds in (
        ("1", 2024, None, (oka,), ("光",), 29 * 60),
        ("2", 2025, 1, (oka, minato), ("光", "音"), 30 * 60),
        ("3", 2025, 2, (oka,), (), 7200),
        ("4", 2026, 2, (), ("光",), None),
    ):
        make_episode(
            number=number,
            title=f"第{number}の話",
            season=season,
            speakers=speakers,
            tags=tags,
            audio_seconds=seconds,
            publish_at=datetime(year, 5, 1, tzinfo=UTC),
        )
    make_episode(number="5", title="下書き", season=9, speakers=(make_speaker(name="隠れた人"),), tags=("隠れた札",))


def numbers(found) -> list[str]:
    return [episode.spelled_number for episode in found.episodes]


CHOSEN = [
    ({}, ["4", "3", "2", "1"]),
    ({"year": "2025"}, ["3", "2"]),
    ({"season": "2"}, ["4", "3"]),
    ({"speaker": "oka"}, ["3", "2", "1"]),
    ({"tag": "光"}, ["4", "2", "1"]),
    ({"speaker": "oka", "tag": "光", "year": "2025"}, ["2"]),
    ({"speaker": "湊", "season": "2"}, []),
    ({"speaker": "oka", "with": "湊"}, ["2"]),
    ({"length": "short"}, ["1"]),
    ({"length": "medium"}, ["2"]),
    ({"length": "long", "speaker": "oka"}, ["3"]),
    ({"tag": "だれも知らない"}, []),
    ({"tag": "隠れた札"}, []),
]


def test_filters_leave_what_has_all_of_them(archive):
    for chosen, expected in CHOSEN:
        assert numbers(find_episodes(chosen)) == expected, chosen


def test_choices_say_what_they_would_leave_beside_the_others(archive):
    found = find_episodes({"speaker": "oka"})

    assert [(choice.label, choice.count) for choice in found.choices["year"]] == [("2025", 2), ("2024", 1)]
    assert [(choice.label, choice.count) for choice in found.choices["speaker"]] == [("岡", 3), ("湊", 1)]
    assert [(choice.label, choice.count) for choice in found.choices["tag"]] == [("光", 2), ("音", 1)]
    assert [choice.label for choice in found.chosen] == ["岡"]
    assert found.total == 4


def test_partners_and_lengths_are_choices_with_their_numbers(archive):
    found = find_episodes({"speaker": "oka"})

    assert [(choice.label, choice.count) for choice in found.choices["with"]] == [("湊", 1)]
    assert [(choice.value, choice.count) for choice in found.choices["length"]] == [
        ("short", 1),
        ("medium", 1),
        ("long", 1),
    ]
    assert find_episodes({}).choices["with"] == []


def test_page_of_a_speaker_leads_to_their_episodes_with_somebody_or_about_something(archive, client):
    html = html_of(client.get("/en/speakers/oka/"))

    form = html[html.index('<form class="filter-form among-rows') :].split("</form>")[0]
    assert '<input type="hidden" name="speaker" value="oka">' in form
    assert '<option value="湊">湊 (1)</option>' in form and '<option value="光">光 (2)</option>' in form


def test_a_choice_keeps_the_other_filters_and_a_chosen_one_takes_itself_away(archive):
    found = find_episodes({"speaker": "oka", "year": "2025"})

    queries = {choice.value: dict(QueryDict(choice.query[1:]).items()) for choice in found.choices["year"]}
    assert queries == {"2025": {"speaker": "oka"}, "2024": {"speaker": "oka", "year": "2024"}}


def test_removing_the_last_choice_leads_to_the_plain_list(client, archive):
    html = html_of(client.get("/en/episodes/?tag=光"))

    assert [choice.query for choice in find_episodes({"tag": "光"}).chosen] == [""]
    assert '<a href="/en/episodes/"><span class="visually-hidden">' in html


def test_speakers_and_tags_stand_in_reading_order():
    people = tuple(make_speaker(name=name) for name in ("木下", "Bob", "ろくろ", "カンナ"))
    make_episode(speakers=people, tags=("量子", "SF", "ろうそく", "カメラ"), live=True)

    choices = find_episodes({}).choices

    assert [choice.label for choice in choices["speaker"]] == ["カンナ", "ろくろ", "Bob", "木下"]
    assert [choice.label for choice in choices["tag"]] == ["カメラ", "ろうそく", "SF", "量子"]


@pytest.mark.parametrize("chosen", [{"tag": "SF"}, {"tag": "ｓｆ"}, {"speaker": "OKA"}, {"speaker": "岡"}])
def test_value_typed_by_hand_finds_its_slug(chosen):
    make_episode(number="1", speakers=(make_speaker(name="岡", slug="oka"),), tags=("SF",), live=True)
    make_episode(number="2", live=True)

    found = find_episodes(chosen)

    assert numbers(found) == ["1"]
    assert [(choice.value, choice.count) for choice in found.chosen] in ([("sf", 1)], [("oka", 1)])


def test_of_a_filter_that_comes_twice_the_last_counts(archive):
    chosen = read_filters(QueryDict("speaker=湊&speaker=oka"))

    assert chosen == {"speaker": "oka"}
    assert [choice.label for choice in find_episodes(chosen).chosen] == ["岡"]


def test_a_year_is_that_of_the_visitors(archive):
    make_episode(number="6", publish_at=datetime(2023, 12, 31, 16, tzinfo=UTC))  # 1 January in Tokyo

    assert numbers(find_episodes({"year": "2024"})) == ["1", "6"]


@pytest.mark.parametrize("query", ["year=abc", "year=20255", "season=-1", "speaker=%2F", "tag=a%00b", "year=２０２５"])
def test_impossible_value_of_a_filter_is_refused(client, query):
    assert client.get(f"/episodes/?{query}").status_code == 404
    with pytest.raises(ValueError):
        read_filters(QueryDict(query))


def test_empty_fields_of_the_form_choose_nothing():
    assert read_filters(QueryDict("year=&speaker=&tag=&utm_source=x")) == {}


def test_page_names_what_is_chosen_and_how_to_take_it_away(client, archive):
    html = html_of(client.get("/en/episodes/?speaker=oka&year=2025"))

    assert "2 of 4 episodes" in html
    assert '<a href="/en/episodes/?year=2025"><span class="visually-hidden">' in html
    assert '<a href="/en/episodes/?speaker=oka"><span class="visually-hidden">' in html
    assert '<option value="oka" selected>' in html
    assert "<title>Episodes · 2025 · 岡 ·" in html
    assert 'href="/episodes/?year=2025&amp;speaker=oka" lang="ja"' in html


def test_an_empty_list_leads_back(client, archive):
    html = html_of(client.get("/en/episodes/?tag=nobody"))

    main = html[html.index('class="nothing"') :]
    assert "No episode has all of this" in main
    assert 'href="/en/episodes/"' in main


def test_only_the_whole_list_is_for_search_engines(client, archive, settings):
    settings.SITE_URL = "https://show.example"
    whole = html_of(client.get("/episodes/?utm_source=x"))
    narrowed = html_of(client.get("/episodes/?year=2025"))

    assert '<link rel="canonical" href="https://show.example/episodes/">' in whole
    assert "noindex" not in whole
    assert '<meta name="robots" content="noindex">' in narrowed
    assert "canonical" not in narrowed


def test_further_pages_keep_the_filters(client):
    speaker = make_speaker(slug="oka")
    copies = make_copies(of=make_episode(live=True, speakers=(speaker,)), count=100)
    Appearance.objects.bulk_create(Appearance(episode=episode, speaker=speaker) for episode in copies)

    newest = html_of(client.get("/episodes/?speaker=oka"))
    oldest = html_of(client.get("/episodes/page/1/?speaker=oka"))

    assert 'rel="next" href="/episodes/page/1/?speaker=oka"' in newest
    assert newest.count('class="index-row"') == 51
    assert oldest.count('class="index-row"') == 50
    assert 'rel="prev" href="/episodes/?speaker=oka"' in oldest
    assert 'href="/en/episodes/page/1/?speaker=oka"' in oldest
    assert '<option value="oka" selected>' in oldest
    assert client.get("/episodes/page/1/?speaker=nobody").status_code == 404


@pytest.mark.parametrize("query", ["", "?year=2026&speaker=oka&tag=光"])
def test_list_asks_as_often_for_three_as_for_one(client, query):
    def count() -> int:
        SiteState.rise()  # nothing that was kept is shown
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/episodes/{query}").status_code == 200
        return len(queries)

    def make() -> None:
        make_episode(speakers=(speaker, make_speaker()), tags=("光", "音"), publish_at=datetime(2026, 5, 1, tzinfo=UTC))

    speaker = make_speaker(slug="oka")
    make()
    count()  # content types are asked for once
    with_one = count()
    make()
    make()

    assert count() == with_one <= 19  # one of them is asked for the state of the site


def test_form_offers_the_most_frequent_names_and_the_chosen_one(monkeypatch):
    monkeypatch.setattr("episodes.filters.names.MOST_CHOICES", 1)
    make_episode(tags=("光", "音"), live=True)
    make_episode(tags=("光",), live=True)

    def offered(chosen):
        return [(choice.label, choice.count) for choice in find_episodes(chosen).choices["tag"]]

    assert offered({}) == [("光", 2)]
    assert offered({"tag": "音"}) == [("光", 2), ("音", 1)]


@pytest.mark.parametrize("few", [0, 200])
@pytest.mark.parametrize("others", [0, 1, 9])
def test_names_are_counted_alike_whether_most_episodes_pass_or_few(others, few, monkeypatch):
    monkeypatch.setattr(beside, "FEW", few)
    oka, mori = make_speaker(slug="oka"), make_speaker(slug="mori")
    for number in range(6):
        make_episode(speakers=(oka, mori)[: 1 + number % 2], tags=("光", "音")[: 1 + number % 2], live=True)
    make_episode(speakers=(oka,), tags=("光",))  # a draft
    for _each in range(others):
        make_episode(speakers=(mori,), tags=("音",), live=True)

    choices = find_episodes({"speaker": "oka"}).choices

    assert [(each.label, each.count) for each in choices["tag"]] == [("光", 6), ("音", 3)]
    assert [(each.value, each.count) for each in choices["with"]] == [("mori", 3)]
    assert [(each.label, each.count) for each in find_beside(oka, 6).choices["tag"]] == [("光", 6), ("音", 3)]
    assert find_beside(oka, 6).company == [(mori, 3)]

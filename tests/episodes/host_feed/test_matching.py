"""Which item of a host's feed is which episode: witnesses that agree, and those that do not."""

import os
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from episodes.host_feed.matching import match_items
from episodes.host_feed.reading import HostItem
from episodes.host_feed.witnesses import Witness
from episodes.importing.reading import LAYOUTS, read_episode
from episodes.models import Episode
from interaxion.text.front_matter.parsing import parse_document
from interaxion.text.jekyll.dates import parse_date

FIRST = datetime(2026, 1, 5, 22, tzinfo=UTC)
WEEK = timedelta(days=7)


def an_episode(number=None, title="", *, guid="", at=None, season=None):
    pk = int(Decimal(number or 0) * 100)
    number = Decimal(number) if number else None
    return Episode(pk=pk, number=number, title=title, guid=guid or f"ours-{number}", publish_at=at, season=season)


def an_item(title, *, guid="theirs", tag=None, at=None, season=None):
    return HostItem(guid, title, season=season, tagged_number=Decimal(tag) if tag else None, publish_at=at)


def found(items, episodes, said=None):
    return [str(m.episode.number) if m.episode else None for m in match_items(items, episodes, said)]


LATTICE = an_episode("1", "格子の話", at=FIRST)
FOAM = an_episode("2", "泡の話", at=FIRST + WEEK)
GLASS = an_episode("3", "硝子の話", at=FIRST + 2 * WEEK)
ALL = [LATTICE, FOAM, GLASS]


@pytest.mark.parametrize(
    ("item", "witnesses"),
    [
        (an_item("別の題", guid="ours-2"), {Witness.GUID}),
        (an_item("泡の話！"), {Witness.TITLE}),
        (an_item("番組 #2 泡の話", tag="3"), {Witness.TITLE, Witness.NUMBER}),
        (an_item("第2回 別の題", at=FIRST + WEEK), {Witness.NUMBER, Witness.DATE}),
        (an_item("2: 別の題", at=FIRST + WEEK + timedelta(days=2)), {Witness.NUMBER}),
        (an_item("2: 別の題", at=FIRST + WEEK, tag="3"), {Witness.NUMBER, Witness.DATE}),
        (an_item("#2"), {Witness.NUMBER}),
        (an_item("別の題", at=FIRST + WEEK, tag="2"), {Witness.DATE, Witness.TAG}),
        (an_item("", at=FIRST + WEEK + timedelta(hours=20)), {Witness.DATE}),
        (an_item("", tag="2"), {Witness.TAG}),
        (an_item("9: 泡の話", at=FIRST + WEEK), {Witness.TITLE, Witness.DATE}),
        (an_item("泡の話", at=FIRST + 100 * WEEK), {Witness.TITLE}),
    ],
)
def test_each_witness_can_name_an_episode(item, witnesses):
    (match,) = match_items([item], ALL)

    assert (match.episode, {*match.named}) == (FOAM, witnesses)


@pytest.mark.parametrize(
    ("item", "named"),
    [
        (an_item("格子の話", guid="ours-2"), {Witness.GUID: FOAM, Witness.TITLE: LATTICE}),
        (an_item("2: 格子の話"), {Witness.TITLE: LATTICE, Witness.NUMBER: FOAM}),
        (an_item("格子の話", at=FIRST + WEEK), {Witness.TITLE: LATTICE, Witness.DATE: FOAM}),
        (an_item("#2", at=FIRST), {Witness.NUMBER: FOAM, Witness.DATE: LATTICE}),
        (an_item("別の題", at=FIRST, tag="2"), {Witness.DATE: LATTICE, Witness.TAG: FOAM}),
    ],
)
def test_witnesses_that_name_two_episodes_are_both_said_and_nothing_is_taken(item, named):
    (match,) = match_items([item], ALL)

    assert (match.episode, match.named) == (None, named)


@pytest.mark.parametrize(
    "item",
    [
        an_item("別の題", at=FIRST + 100 * WEEK, tag="2"),
        an_item("別の題", tag="2"),
        an_item("", at=FIRST + 100 * WEEK, tag="2"),
        an_item("2: 別の題", at=FIRST + 100 * WEEK),
        an_item("2: 別の題"),
        an_item("別の題", at=FIRST + WEEK),
        an_item("9: 別の題", at=FIRST + WEEK, tag="2"),
        an_item("#9", at=FIRST + WEEK),
        an_item("9: 泡の話"),
    ],
)
def test_weak_witness_names_nothing_where_too_little_else_agrees(item):
    (match,) = match_items([item], ALL)

    assert (match.episode, match.contradicted) == (None, FOAM)
    assert {*match.named.values()} == {FOAM}


def test_date_that_two_items_share_still_speaks_against_the_title_of_another_episode():
    items = [an_item("格子の話", guid="a", at=FIRST + WEEK), an_item("別の題", guid="b", at=FIRST + WEEK)]

    assert found(items, ALL) == [None, None]


@pytest.mark.parametrize(
    "item", [an_item("1: 格子の話", at=FIRST + WEEK), an_item("格子の話", at=FIRST + WEEK, tag="1")]
)
def test_title_and_number_together_outvote_the_date_of_another_episode(item):
    (match,) = match_items([item], ALL)

    assert (match.episode, match.outvoted) == (LATTICE, FOAM)
    assert Witness.DATE not in match.named


def test_number_tells_episodes_of_one_title_apart_without_dates():
    twins = [an_episode("1", "雑談", at=FIRST), an_episode("2", "雑談", at=FIRST + WEEK)]

    assert found([an_item("2: 雑談")], twins) == ["2"]


def test_number_that_hosts_count_does_not_contradict_a_title():
    assert found([an_item("格子の話", tag="3"), an_item("泡の話", tag="1")], ALL) == ["1", "2"]


def test_number_that_stands_in_the_title_of_the_episode_itself_is_no_witness():
    meeting = an_episode("30", "第2回 学会の話")

    assert found([an_item("第2回 学会の話")], [*ALL, meeting]) == ["30"]


def test_title_of_two_episodes_names_neither():
    twins = [an_episode("1", "雑談"), an_episode("2", "雑談")]

    assert found([an_item("雑談")], twins) == [None]
    assert found([an_item("2: 雑談", guid="b"), an_item("1: 雑談", guid="a")], twins) == ["2", "1"]


def test_title_of_two_items_names_no_episode():
    assert found([an_item("格子の話", guid="a"), an_item("格子の話", guid="b")], ALL) == [None, None]


@pytest.mark.parametrize(
    ("item_season", "episode_season", "is_found"),
    [(None, None, True), (1, None, True), (2, None, False), (2, 2, True), (2, 1, False), (None, 3, True)],
)
def test_number_counts_within_its_season(item_season, episode_season, is_found):
    episode = an_episode("1", "格子の話", season=episode_season)
    title = f"S{item_season} E1" if item_season else "#1"

    assert found([an_item(title)], [episode]) == ["1" if is_found else None]
    assert found([an_item("", tag="1", season=item_season)], [episode]) == ["1" if is_found else None]


def test_decimal_episode_is_not_its_whole_neighbour():
    episodes = [an_episode("19", "前の話"), an_episode("19.5", "おまけ")]

    assert found([an_item("", tag="19.5"), an_item("第19回", tag="19", guid="b")], episodes) == ["19.5", "19"]


def test_episode_zero_is_named_by_its_number():
    zero = Episode(pk=1, number=Decimal(0), guid="a", title="はじめに")

    assert match_items([an_item("#0")], [zero])[0].episode is zero


def test_better_witness_of_another_item_wins():
    known, new = an_item("別の題", guid="ours-1"), an_item("格子の話", guid="new")

    first, second = match_items([known, new], ALL)

    assert (first.episode, second.episode, second.rival) == (LATTICE, None, known)


def test_item_in_doubt_still_keeps_others_from_its_episodes():
    doubtful, counted = an_item("2: 格子の話", guid="a"), an_item("別の題", guid="b", tag="2")

    assert found([doubtful, counted], ALL) == [None, None]


def test_date_that_is_near_two_episodes_names_neither():
    daily = [an_episode("1", "朝", at=FIRST), an_episode("2", "昼", at=FIRST + timedelta(hours=30))]

    assert found([an_item("別の題", at=FIRST + timedelta(hours=15))], daily) == [None]


def test_person_decides_against_every_witness():
    item = an_item("1: 格子の話", guid="theirs", at=FIRST)

    (match,) = match_items([item], ALL, {"theirs": GLASS})

    assert (match.episode, match.named) == (GLASS, {Witness.PERSON: GLASS})


def test_host_that_numbers_on_by_itself_gives_nobody_a_foreign_identity():
    numbers = ["1", "2", "2.5", "3", "3.5", "4", "5"]
    episodes = [an_episode(n, f"題の{n}", at=FIRST + at * WEEK) for at, n in enumerate(numbers)]
    items = [an_item(e.title, guid=f"host-{e.number}", tag=str(at)) for at, e in enumerate(episodes, 1)]

    assert found(items[::-1], episodes) == numbers[::-1]


@st.composite
def shows(draw):
    """Episodes, and the items of their host, of which each may have the title and the numbers of another."""
    count = draw(st.integers(2, 6))
    numbers = [str(n) if draw(st.booleans()) else f"{n}.5" for n in range(1, count + 1)]
    episodes = [an_episode(n, f"題の{n}", at=FIRST + at * WEEK) for at, n in enumerate(numbers)]
    by_title, by_number, by_tag = (draw(st.permutations(episodes)) for _ in range(3))
    items = []
    for at, episode in enumerate(episodes):
        named = draw(st.booleans())
        title = f"{by_number[at].number}: {by_title[at].title}" if named else by_title[at].title
        items.append(an_item(title, guid=f"host-{episode.number}", tag=str(by_tag[at].number), at=episode.publish_at))
    return episodes, draw(st.permutations(items))


@given(shows())
def test_permuted_numbers_and_titles_give_nobody_a_foreign_identity(show):
    episodes, items = show

    matches = match_items(items, episodes)

    # The date is that of the episode: what names another one leaves a doubt, unless title and number do so together.
    for match in matches:
        own = next(e for e in episodes if e.publish_at == match.item.publish_at)
        titled = next(e for e in episodes if match.item.title.endswith(e.title))
        number = match.item.read_title.number
        agrees = titled.number == (match.item.tagged_number if number is None else number)
        is_own = titled is own and number in {None, own.number}
        assert match.episode is (titled if agrees or is_own else None)


@st.composite
def shows_apart(draw):
    """A show of which we lack some episodes, and items that are no episode of ours: with their own titles and dates."""
    episodes, items = draw(shows())
    ours = [episode for episode in episodes if draw(st.booleans())]
    strangers = []
    for at, lacking in enumerate([*(e for e in episodes if e not in ours), *draw(st.lists(st.none(), max_size=3))]):
        named, tagged = draw(st.sampled_from(episodes)), draw(st.sampled_from(episodes))
        # Two witnesses that name one episode would be enough: this date is near another one, or near none.
        others = [e.publish_at for e in episodes if e not in (named, tagged)]
        date = lacking.publish_at if lacking else draw(st.sampled_from([None, FIRST + 100 * WEEK, *others]))
        title = draw(st.sampled_from([f"別の{at}", f"{named.number}: 別の{at}"]))
        strangers.append(an_item(title, guid=f"stranger-{at}", tag=str(tagged.number), at=date))
    kept = {f"host-{episode.number}" for episode in ours}
    return ours, draw(st.permutations([*(item for item in items if item.guid in kept), *strangers]))


@given(shows_apart())
def test_item_that_is_no_episode_of_ours_takes_nothing(show):
    episodes, items = show

    matches = match_items(items, episodes)

    assert all(match.episode is None for match in matches if match.item.guid.startswith("stranger"))


@given(shows_apart())
def test_order_of_a_feed_with_strangers_changes_no_match(show):
    episodes, items = show

    assert found(items, episodes) == found(items[::-1], episodes[::-1])[::-1]


@given(shows())
def test_order_of_a_feed_changes_no_match(show):
    episodes, items = show

    forwards, backwards = match_items(items, episodes), match_items(items[::-1], episodes[::-1])

    assert forwards == backwards[::-1]


@given(shows(), st.data())
def test_no_episode_is_found_twice(show, data):
    episodes, items = show
    some = [item for item in items if data.draw(st.booleans())]
    doubled = [*some, *(HostItem(item.guid, item.title, tagged_number=Decimal(1)) for item in items)]

    matched = [match.episode.pk for match in match_items(doubled, episodes) if match.episode]

    assert len(matched) == len(set(matched))


# A whole show


@pytest.fixture(scope="module")
def show():
    """The numbered episodes of the folder that CORPUS names, by date."""
    files = [path for path in Path(os.environ["CORPUS"]).rglob("*.md") if "_posts" in path.parts]
    documents = [parse_document(path.name, path.read_bytes()) for path in files]
    sources = [(d, read_episode(d)) for d in documents if d.meta.get("layout") in LAYOUTS]
    return sorted(
        (
            an_episode(str(source.number), source.title, at=parse_date(document, source.date))
            for document, source in sources
            if source.number is not None
        ),
        key=lambda episode: episode.publish_at,
    )


@pytest.mark.corpus
@pytest.mark.parametrize("with_dates", [True, False])
@pytest.mark.parametrize("form", ["{title}", "{number}: {title}", "番組 #{number} {title}", "{title} (第{number}回)"])
def test_whole_show_is_found_from_a_host_that_numbers_on_by_itself(show, form, with_dates):
    items = [
        an_item(
            form.format(title=episode.title, number=episode.spelled_number),
            guid=f"host-{episode.number}",
            tag=str(at),
            at=episode.publish_at if with_dates else None,
        )
        for at, episode in enumerate(show, 1)
    ]

    assert len(show) > 10
    assert found(items, show) == [str(episode.number) for episode in show]


@pytest.mark.corpus
def test_whole_show_takes_nothing_foreign_where_items_have_the_titles_of_their_neighbours(show):
    items = [
        an_item(f"{episode.spelled_number}: {after.title}", guid=f"host-{episode.number}", tag=str(at))
        for at, (episode, after) in enumerate(zip(show, [*show[1:], show[0]], strict=True))
    ]

    assert {match.episode for match in match_items(items, show)} == {None}

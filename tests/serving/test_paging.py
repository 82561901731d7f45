"""The rule by which lists are cut into pages."""

import pytest
from django.http import Http404, QueryDict
from hypothesis import given
from hypothesis import strategies as st

from interaxion.serving.paging import Page, Pages

LIST = "/episodes/"


def pages_of(count: int, *, size: int = 3, newest_first: bool = True) -> Pages:
    return Pages(LIST, count, size, newest_first=newest_first)


def items_of(pages: Pages) -> dict[str, list[int]]:
    """Return the items on each page by its address; the oldest item is 0."""
    items = list(range(pages.count))
    in_order = items[::-1] if pages.newest_first else items
    return {page.address: in_order[page.part] for page in (Page(pages, n) for n in range(1, pages.last + 1))}


@given(st.integers(0, 60), st.integers(1, 9), st.booleans())
def test_every_item_is_on_one_page_and_no_page_is_nearly_empty(count, size, newest_first):
    shown = items_of(pages_of(count, size=size, newest_first=newest_first))

    assert sorted(item for items in shown.values() for item in items) == list(range(count))
    assert all(size <= len(items) < 2 * size for items in shown.values()) or count < size
    assert LIST in shown


@given(st.integers(0, 60), st.integers(1, 9))
def test_a_new_item_changes_only_the_list_itself(count, size):
    before, after = (items_of(pages_of(each, size=size)) for each in (count, count + 1))

    assert {address: items for address, items in before.items() if address != LIST}.items() <= after.items()
    assert after[LIST][0] == count


@given(st.integers(1, 60), st.integers(1, 9))
def test_a_new_item_at_the_end_of_an_order_changes_only_the_last_pages(count, size):
    before, after = (items_of(pages_of(each, size=size, newest_first=False)) for each in (count, count + 1))

    changed = [address for address in before if before[address] != after[address]]
    assert len(changed) <= 1


@given(st.integers(0, 60), st.integers(1, 9))
def test_a_page_links_the_same_pages_until_the_one_after_it_is_new(count, size):
    before, after = pages_of(count, size=size), pages_of(count + size, size=size)

    for number in range(1, before.last - 1):
        assert Page(before, number).numbers[1:] == Page(after, number).numbers[1:]
        assert Page(before, number).before == Page(after, number).before


def test_pages_have_one_address_each():
    pages = pages_of(11)

    assert pages.page(None).address == LIST
    assert pages.page(2).address == "/episodes/page/2/"
    assert (pages.page(2).before, pages.page(2).after) == (LIST, "/episodes/page/1/")
    for number in (3, 4, 1000):  # the list itself has no number
        with pytest.raises(Http404):
            pages.page(number)
    with pytest.raises(Http404):
        pages_of(5).page(1)


def test_an_order_of_its_own_is_counted_from_its_beginning():
    pages = pages_of(8, newest_first=False)

    assert items_of(pages) == {LIST: [0, 1, 2], "/episodes/page/2/": [3, 4, 5, 6, 7]}
    with pytest.raises(Http404):
        pages.page(1)


def test_pages_of_a_feed_are_files():
    assert Pages("/atom.xml", 400, 100).page(2).address == "/atom/page/2.xml"
    assert Pages("/blog/feed.xml", 400, 100).page(1).address == "/blog/feed/page/1.xml"


@pytest.mark.parametrize(
    ("count", "number", "newest_first", "shown"),
    [
        (33, None, True, "(11) 10 9 … 1"),
        (33, 5, True, "11 6 (5) 4 3 … 1"),
        (33, 10, True, "11 (10) 9 8 … 1"),
        (33, 1, True, "11 2 (1)"),
        (33, None, False, "(1) 2 3 … 11"),
        (33, 7, False, "1 … 6 (7) 8 9 … 11"),
        (5, None, True, "(1)"),
    ],
)
def test_pager_shows_the_ends_and_what_is_near(count, number, newest_first, shown):
    page = pages_of(count, newest_first=newest_first).page(number)

    spelled = [
        f"{'… ' if each.follows_gap else ''}{f'({each.number})' if each.is_current else each.number}"
        for each in page.numbers
    ]
    assert " ".join(spelled) == shown


@given(st.integers(1, 60), st.integers(1, 9), st.integers(1, 20), st.booleans())
def test_an_old_number_leads_to_the_page_with_the_same_first_item(count, size, number, newest_first):
    pages = pages_of(count, size=size, newest_first=newest_first)
    in_order = list(range(count))[:: -1 if newest_first else 1]
    shown_before = in_order[(number - 1) * size : number * size]

    address = pages.at_old_address(QueryDict(f"page={number}"))

    assert address == LIST if not shown_before else shown_before[0] in items_of(pages)[address]


@pytest.mark.parametrize("typed", ["0", "-1", "x", "1.5", "", "２", "9" * 30, "99", "01"])
def test_a_number_that_there_never_was_leads_to_the_list(typed):
    query = QueryDict(mutable=True)
    query.update({"page": typed, "tag": "光"})

    assert pages_of(20).at_old_address(query) == "/episodes/?tag=%E5%85%89"
    assert pages_of(20).at_old_address(QueryDict("tag=x")) == ""

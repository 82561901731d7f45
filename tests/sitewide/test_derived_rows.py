"""Imports and saves derive the same rows as `rebuild`, which has nothing left to do."""

from collections import Counter
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from interaxion.content.linking.links import Link
from interaxion.content.linking.works import Work
from interaxion.content.parts.part import Part, write_missing_parts
from interaxion.content.publishing.derived_rows import derived_models
from interaxion.content.saving.purging import KEPT_FOR, purge_trash
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from interaxion.content.search.finding import find
from interaxion.content.search.rows import SearchRow
from interaxion.content.search.shared_pages import MOST_LINKING
from interaxion.sitewide.desk.works.merging import merge_and_follow
from interaxion.sitewide.stored_pages.stored_page import StoredPage
from interaxion.text.search.query import parse_query
from tests.factories import make_post
from tests.imports import copy_site, import_all, write_file

pytestmark = pytest.mark.django_db
PAGE = "https://example.org/slow-waves"


def derived() -> dict[str, Counter[str]]:
    """Return all derived rows without their primary keys."""

    def rows_of(model: Any) -> Counter[str]:
        columns = [field.attname for field in model._meta.concrete_fields if field.name != "id"]
        return Counter(str(row) for row in model.objects.values_list(*columns))

    return {model.__name__: rows_of(model) for model in (Link, SearchRow, Part, Work)}


def test_links_are_rewritten_before_the_search_rows_that_need_them():
    assert derived_models()[-4:] == [Link, SearchRow, Part, StoredPage]


def assert_nothing_is_left_to_rebuild() -> None:
    write_missing_parts.call()  # what the worker does, after a name was changed
    before = derived()
    call_command("rebuild")
    assert derived() == before


def rows_of_page() -> set[str]:
    return set(SearchRow.objects.filter(work__url=PAGE).values_list("path", "text"))


def test_import_leaves_nothing_to_rebuild(tmp_path):
    site = copy_site(tmp_path)
    for day in range(1, 4):
        body = f"[遅い波の話 {day}]({PAGE}) と [論文](https://doi.org/10.1000/182)\n"
        write_file(site, f"_posts/2026-03-0{day}-shared.md", f"---\ntitle: 共有 {day}\n---\n{body}")

    import_all(site)

    assert len(rows_of_page()) == 3
    assert_nothing_is_left_to_rebuild()


def test_page_is_found_by_the_words_of_all_its_links():
    first = make_post(body=f"[遅い波]({PAGE})\n", live=True)
    assert rows_of_page() == set()

    second = make_post(body=f"[のろい波]({PAGE}) と [遅い波の頁]({PAGE})\n", live=True)

    assert rows_of_page() == {(first.path, "遅い波"), (second.path, "のろい波\n遅い波の頁")}
    assert_nothing_is_left_to_rebuild()


def test_page_that_is_linked_no_longer_by_another_has_no_row():
    make_post(body=f"[遅い波]({PAGE})\n", live=True)
    other = make_post(body=f"[のろい波]({PAGE})\n", live=True)

    other.body = "なにもない。\n"
    store(other, user=None)

    assert rows_of_page() == set()
    assert_nothing_is_left_to_rebuild()


def test_page_that_many_link_has_no_row():
    posts = [make_post(body=f"[遅い波 {n}]({PAGE})\n", live=True) for n in range(MOST_LINKING)]
    assert len(rows_of_page()) == MOST_LINKING

    one_more = make_post(body=f"[遅い波]({PAGE})\n", live=True)
    assert rows_of_page() == set()

    transition(one_more, to="trashed", user=None)
    assert list(purge_trash(timezone.now() + 2 * KEPT_FOR)) == [str(one_more)]

    assert {path for path, _text in rows_of_page()} == {post.path for post in posts}


def test_save_leaves_the_rows_that_say_the_same_and_rebuild_writes_all():
    make_post(body=f"[のろい波]({PAGE})\n", live=True)
    post = make_post(body=f"[遅い波]({PAGE}) と [論文](https://doi.org/10.1000/182)\n", live=True)
    stay = SearchRow.objects.exclude(work=None).of(post)
    before = set(stay.values_list("pk", flat=True))

    post.title, post.body = "別の題", post.body + "\n付け足した文。\n"
    store(post, user=None)

    assert set(stay.values_list("pk", flat=True)) == before
    assert set(stay.values_list("title", flat=True)) == {"別の題"}
    assert_nothing_is_left_to_rebuild()
    rows = derived()
    SearchRow.objects.update(folded="壊れた行")
    call_command("rebuild")
    assert derived() == rows


def test_row_of_a_page_takes_the_new_words_of_its_link():
    other = make_post(body=f"[のろい波]({PAGE})\n", live=True)
    post = make_post(body=f"[遅い波]({PAGE}) と [論文](https://doi.org/10.1000/182)\n", live=True)

    post.body = post.body.replace("遅い波", "ゆっくりした波").replace("[論文]", "[ある論文]")
    store(post, user=None)

    assert rows_of_page() == {(other.path, "のろい波"), (post.path, "ゆっくりした波")}
    assert_nothing_is_left_to_rebuild()


def test_page_that_became_part_of_another_is_found_by_the_words_of_both():
    first = make_post(body=f"[遅い波]({PAGE})\n", live=True)
    second = make_post(body="[のろい波](https://example.net/same)\n", live=True)
    work, same = (Work.objects.get(url=url) for url in (PAGE, "https://example.net/same"))

    merge_and_follow([same], work, user=None)

    assert rows_of_page() == {(first.path, "遅い波"), (second.path, "のろい波")}
    assert_nothing_is_left_to_rebuild()


@pytest.mark.parametrize("numbered_stays", [True, False])
def test_paper_and_page_that_became_one_are_found_as_after_a_rebuild(numbered_stays):
    make_post(body=f"[遅い波の論文](https://doi.org/10.1000/182) と [遅い波]({PAGE})\n", live=True)
    make_post(body=f"[のろい波]({PAGE}) と [](https://doi.org/10.1000/182)\n", live=True)
    page, paper = Work.objects.get(url=PAGE), Work.objects.get(kind="doi")
    work, into = (page, paper) if numbered_stays else (paper, page)

    merge_and_follow([work], into, user=None)

    assert SearchRow.objects.filter(work=into).count() == 2
    assert_nothing_is_left_to_rebuild()


def test_dates_of_posts_follow_a_category_that_is_the_glossary_no_longer():
    live, draft = make_post(category="keywords", live=True), make_post(category="keywords")
    category = live.category

    for slug in ("words", "keywords"):
        category.slug = slug
        category.save()
        dates = {row.path: row.dated_at for row in SearchRow.objects.filter(work=None)}

        assert dates[live.path] == (live.publish_at if slug == "words" else None)
        assert dates[draft.path] is None
        assert_nothing_is_left_to_rebuild()


def test_hits_of_one_date_keep_their_places_when_one_is_saved():
    posts = [make_post(title="遅い波", summary="長い説明", category="keywords", live=True) for _each in range(3)]
    before = [match.pk for match in find(parse_query("遅い波")).matches]

    posts[1].summary = "短い説明"
    store(posts[1], user=None)

    assert [match.pk for match in find(parse_query("遅い波")).matches] == before


def test_row_of_a_shared_page_is_as_public_as_what_links_it():
    draft = make_post(body=f"[遅い波]({PAGE})\n")
    live = make_post(body=f"[のろい波]({PAGE})\n", live=True)

    rows = SearchRow.objects.filter(work__url=PAGE)

    assert set(rows.values_list("path", "status")) == {(draft.path, "draft"), (live.path, "published")}
    assert [row.path for row in rows.live()] == [live.path]

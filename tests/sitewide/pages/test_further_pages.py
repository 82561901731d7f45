"""Further pages of every list: they are counted from the oldest, and no item is on two of them."""

import re
from urllib.parse import quote

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import Chapter, Course
from episodes.models import Appearance, Episode
from episodes.people.speakers import Speaker
from interaxion.content.linking.links import Link
from interaxion.content.linking.works import Work
from interaxion.content.parts.part import write_missing_parts
from interaxion.content.paths import Path, validate_path
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.tags import Tag, TaggedItem
from posts.models import Post
from tests.factories import make_chapter, make_copies, make_course, make_episode, make_page, make_post, make_speaker
from tests.html_pages import HtmlPage, html_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

#: The numbers of the further page of each list, and of the items on the list itself and on that page.
LISTS = {
    "/episodes/": (1, 51, 50),
    "/blog/": (1, 51, 50),
    "/keywords/": (2, 50, 51),
    "/tags/光/": (1, 51, 50),
    "/speakers/oka/": (1, 51, 50),
    "/courses/": (2, 50, 51),
    "/courses/waves/": (2, 200, 201),
    "work": (1, 51, 50),
}
ITEM = re.compile('<li class="index-row"|<li class="entry"|<li lang="ja"><a href="/')


def make_one_of_each() -> None:
    notes = "### 0:00 話\n\n[論文](https://doi.org/10.1000/a)\n"
    make_episode(title="元の回", notes=notes, speakers=(make_speaker(slug="oka"),), tags=("光",), live=True)
    for category in ("blog", "keywords"):
        make_post(path=f"/{category}/one", category=category, live=True)
    make_chapter(course=make_course(slug="waves", live=True), slug="one", live=True)


def lengthen_each() -> None:
    """Give each list a hundred older items, the chapters of a course four hundred later ones."""
    course = Course.objects.get()
    for post in Post.objects.all():
        make_copies(of=post, count=100)
    courses, chapters = make_copies(of=course, count=100), make_copies(of=course.chapters.get(), count=500)
    for chapter, other in zip(chapters[400:], courses, strict=True):  # a course without a chapter is in no list
        chapter.course = other
    Chapter.objects.bulk_update(chapters[400:], ["course"])
    things = make_copies(of=Episode.objects.get(), count=100)
    for rows, owner in ((Appearance, "episode_id"), (TaggedItem, "object_id"), (Link, "object_id")):
        copies = []
        for thing in things:
            row = rows.objects.order_by("pk").first()
            row.pk = None
            setattr(row, owner, thing.pk)
            copies.append(row)
        rows.objects.bulk_create(copies)
    write_missing_parts.call()
    SiteState.rise()


def address_of(name: str) -> str:
    return Work.objects.get().path if name == "work" else name


def test_long_lists_have_further_pages_at_the_same_price(client):
    make_one_of_each()
    addresses = {address_of(name): numbers for name, numbers in LISTS.items()}

    def ask(path: str) -> tuple[int, str]:
        SiteState.rise()  # nothing that was kept is shown
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
        assert response.status_code == 200, path
        return len(queries), html_of(response)

    with_one = {}
    for address, (number, _on_list, _on_further) in addresses.items():
        ask(address)  # content types are asked for once
        with_one[address], _html = ask(address)
        assert client.get(f"{address}page/{number}/").status_code == 404
    lengthen_each()
    for address, (number, on_list, on_further) in addresses.items():
        further = f"{address}page/{number}/"
        with_many, html = ask(address)
        for_further, older = ask(further)

        assert (with_many, for_further <= with_one[address] + 1) == (with_one[address], True), address
        assert (len(ITEM.findall(html)), len(ITEM.findall(older))) == (on_list, on_further), address
        assert f'rel="next" href="{quote(further)}"' in html
        assert f'rel="prev" href="{quote(address)}"' in older
        page = HtmlPage(older)
        assert page.headings.count(1) == 1, further
        assert f"{number}ページ目 ·" in page.title
        assert len(page.ids) == len(set(page.ids)), further
        assert f"{number}ページ目" in html_of(client.get(further))
        assert f"Page {number}" in html_of(client.get("/en" + further))


def test_page_that_there_is_not_is_not_found(client):
    make_one_of_each()
    lengthen_each()
    for name in LISTS:
        address, other = address_of(name), 3 - LISTS[name][0]

        for number in (other, "3", "0", "01", "02", "-1", "x", "1000000000", ""):
            assert client.get(f"{address}page/{number}/").status_code == 404, (address, number)
            assert client.get(f"/en{address}page/{number}/").status_code == 404, (address, number)


def test_further_page_of_episodes_stays_as_it_is(client):
    first = make_episode(number="1", live=True, speakers=(make_speaker(slug="oka"),), tags=("光",))
    copies = make_copies(of=first, count=99)
    Appearance.objects.bulk_create(Appearance(episode=copy, speaker=Speaker.objects.get()) for copy in copies)
    SiteState.rise()
    paths = ("/episodes/page/1/", "/speakers/oka/page/1/")
    before = [client.get(path) for path in paths]
    make_episode(number="200", live=True, speakers=(Speaker.objects.get(),), tags=("光",))

    after = [client.get(path) for path in paths]

    assert [page["ETag"] for page in before] != [page["ETag"] for page in after]  # they were made anew
    assert [page.content for page in before] == [page.content for page in after]


def test_other_spelling_of_a_further_page_leads_to_it(client):
    make_one_of_each()
    lengthen_each()
    Path.objects.create(path="/tags/old", target=Tag.objects.get(), is_current=False, is_kept=True)

    for address, to in {
        "/episodes/page/1": "/episodes/page/1/",
        "/en/tags/光/page/1?x=1": "/en/tags/光/page/1/?x=1",
        "/tags/old/page/1/": "/tags/光/page/1/",
        "/tags/光//page/1/": "/tags/光/page/1/",
    }.items():
        response = client.get(address)

        assert (response.status_code, response["Location"]) == (301, quote(to, safe="/?=")), address


@pytest.mark.parametrize("address", ["/nothing/page/1", "/tags/光/page/1", "/nothing/page/1/", "/page/1/", "/page/1"])
def test_nothing_leads_to_a_further_page_that_there_is_not(client, address):
    make_one_of_each()

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("path", ["/episodes/page/3", "/tags/x/page/3/", "/any/page/12", "/x/feed/page/2.xml"])
def test_address_of_a_further_page_is_reserved(path):
    with pytest.raises(ValidationError) as caught:
        validate_path(path)

    assert caught.value.code == "path_reserved"
    validate_path("/any/page/03")
    validate_path("/page/3")


def test_what_has_such_an_address_from_before_keeps_it(client):
    page = make_page(title="三", path="/any/three", live=True)
    Path.objects.filter(path="/any/three").update(path="/any/page/3")
    type(page).objects.update(path="/any/page/3")

    assert client.get("/any/page/3").status_code == 200
    assert client.get("/any/page/3/")["Location"] == "/any/page/3"


def test_pager_reads_well_in_both_languages(client):
    make_copies(of=make_episode(live=True), count=400)

    ja, en = (re.sub(r"\s+", " ", html_of(client.get(f"{code}/episodes/page/5/"))) for code in ("", "/en"))

    nav = '<nav class="pages" aria-label="{}">'
    assert nav.format("ページ") in ja and nav.format("Pages") in en
    assert '<a href="/en/episodes/page/5/" aria-current="page" aria-label="Page 5">5</a>' in en
    assert '<a href="/episodes/page/4/" aria-label="4ページ目">4</a>' in ja
    assert ">最新</a>" in ja and "新しいほうへ </a>" in ja and "古いほうへ </a>" in ja
    assert ">Newest</a>" in en and "Newer </a>" in en and "Older </a>" in en

"""The admin of works: what is typed beside what was found, look-ups, and merging what is one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from interaxion.content.changes.changes import Change
from interaxion.content.changes.taking_back import take_back
from interaxion.content.jobs.job import Job
from interaxion.content.linking.health import LinkStatus
from interaxion.content.linking.works import Work
from interaxion.sitewide.desk.works import admin
from tests.factories import make_editor, make_episode
from tests.html_pages import html_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

PAPER, SHORT, BOOK = "https://doi.org/10.1000/w", "https://amzn.example/abc", "https://www.amazon.co.jp/dp/4873119197"


@pytest.fixture
def paper(client):
    make_episode(notes=f"[論文]({PAPER}) [本]({SHORT})", live=True)
    client.force_login(make_editor())
    work = Work.objects.get(kind="doi")
    work.found_title, work.looked_up_at = "Waves", timezone.now()
    work.found = {"authors": ["Minami, A.", "Kita, B."], "year": "2021", "source": "Crossref"}
    work.save()
    return work


def address(work):
    return f"/admin/content/work/{work.pk}/change/"


def test_form_shows_what_was_found_beside_what_is_typed(client, paper):
    html = html_of(client.get(address(paper)))

    assert "Crossrefの情報：Waves" in html
    assert "Crossrefの情報：Minami, A.; Kita, B." in html

    client.post(address(paper), {"title": "", "authors": "南, 一郎\n\n 北,  次郎 \n", "year": "2020", "volume": "9"})
    paper.refresh_from_db()
    assert paper.details == {"authors": ["南, 一郎", "北, 次郎"], "year": "2020", "volume": "9"}
    assert paper.found["year"] == "2021"
    assert "南一郎, & 北次郎 (2020). Waves. 9." in html_of(client.get(paper.path)).replace("&amp;", "&")


def test_list_names_works_by_their_titles_and_words_and_shows_addresses_in_letters(client, paper):
    make_episode(notes="- <https://ja.example.org/wiki/%E6%B0%B7>\n- [雪の結晶の形](https://example.org/x)", live=True)

    html = html_of(client.get("/admin/content/work/"))

    assert "Waves" in html
    assert ">雪の結晶の形</a>" in html
    assert ">https://ja.example.org/wiki/氷</a>" in html


@pytest.mark.parametrize("words", ["Waves", "論文", "10.1000", "doi.org"])
def test_search_finds_a_work_by_its_title_its_address_and_the_words_of_its_links(client, paper, words):
    html = html_of(client.get("/admin/content/work/", {"q": words}))

    assert "Waves" in html
    assert "4873119197" not in html


@pytest.mark.parametrize("words", ["論文", "nothing"])
def test_search_reads_titles_and_links_once(client, paper, words):
    with CaptureQueriesContext(connection) as asked:
        client.get("/admin/content/work/", {"q": words})

    assert len([query for query in asked if f"%{words}%" in query["sql"]]) == 1


def test_search_that_finds_more_than_the_most_keys_shows_them(client, paper, monkeypatch):
    monkeypatch.setattr(admin, "MOST_KEYS", 0)

    assert "Waves" in html_of(client.get("/admin/content/work/", {"q": "論文"}))


def test_year_that_is_none_is_refused(client, paper):
    assert "年は4桁の数字で" in html_of(client.post(address(paper), {"year": "令和3"}))


def test_look_up_again_is_offered_only_where_it_is_switched_on(client, paper, settings):
    assert "_look_up" not in html_of(client.get(address(paper)))
    client.post(address(paper), {"_look_up": "1"})
    assert not Job.objects.exists()

    settings.WORK_LOOKUPS = True
    assert "_look_up" in html_of(client.get(address(paper)))
    response = client.post(address(paper), {"title": "題", "_look_up": "1"})
    job = Job.objects.get(kind="look_up_works")
    assert response["Location"] == f"/admin/jobs/{job.pk}/"
    assert job.inputs == {"works": [paper.pk]}

    book = Work.objects.get(url=SHORT)
    assert "_look_up" not in html_of(client.get(address(book)))


def test_works_that_are_one_are_merged_as_chosen_and_it_is_taken_back(client, paper):
    LinkStatus.objects.create(url=SHORT, final_url=BOOK, state="moved", code=200)
    page = "/admin/content/work/same/"
    short = Work.objects.get(url=SHORT)
    token = f"isbn:9784873119199 {short.pk}"
    assert f'value="{token}"' in html_of(client.get(page))

    client.post(page, {"same": "isbn:9784873119199 999"})
    assert not Work.objects.filter(kind="isbn").exists()

    client.post(page, {"same": token})
    book = Work.objects.get(kind="isbn")
    assert (book.link_count, Work.objects.get(pk=short.pk).merged_into) == (1, book)
    assert token not in html_of(client.get(page))

    take_back(Change.objects.get(), user=None)
    assert Work.objects.get(pk=short.pk).merged_into is None
    assert not Work.objects.filter(kind="isbn").exists()

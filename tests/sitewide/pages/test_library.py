"""The library: papers, books and videos that the site discusses."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from interaxion.content.linking import library
from interaxion.content.linking.library import KINDS, LITERATURE, Library
from interaxion.content.linking.works import Work
from interaxion.sitewide.pages.library import files
from tests.factories import make_episode, make_post, make_speaker
from tests.html_pages import html_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

PAPER, PREPRINT = "https://doi.org/10.1000/paper", "https://arxiv.org/abs/2301.00001"
BOOK, SHOP = "https://openlibrary.org/isbn/9784873119199", "https://www.amazon.co.jp/dp/B00EXAMPLE"
ENTRY = '## 参考文献\n\n1. Minami, A., & Kita, B. (2021). "Waves that do not break." DOI: [10.1000/paper]({})\n'


@pytest.fixture
def site():
    """The paper is discussed three times, the book twice, the preprint once, last; a shop is linked by all."""
    speaker = make_speaker(name="みなみ", slug="minami")
    for number, days in (("1", 9), ("2", 8)):
        notes = f"- [波の論文]({PAPER})\n- [波の本]({BOOK})\n- [ヘッドホン]({SHOP})\n"
        make_episode(number=number, notes=notes, publish_at=timezone.now() - timedelta(days=days))
    make_post(body=ENTRY.format(PAPER), publish_at=timezone.now() - timedelta(days=7))
    notes = f"- [月の論文]({PREPRINT})\n- [ヘッドホン]({SHOP})\n"
    make_episode(number="3", notes=notes, speakers=(speaker,), tags=("月",), live=True)
    make_episode(number="4", notes="[下書きの論文](https://doi.org/10.1000/draft)")
    paper = Work.objects.get(key=PAPER_KEY)
    paper.found = {"authors": ["Minami, A.", "Kita, B."], "container": "Waves", "year": "2021", "form": "article"}
    paper.save()


def works(client, query: str = "") -> list[str]:
    main = html_of(client.get(f"/works/{query}")).partition("<main")[2]
    keys = dict(Work.objects.values_list("pk", "key"))
    return [keys[int(pk)] for pk in re.findall(r'href="/works/(\d+)/"', main)]


PAPER_KEY, PREPRINT_KEY, BOOK_KEY = "doi:10.1000/paper", "arxiv:2301.00001", "isbn:9784873119199"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [PAPER_KEY, BOOK_KEY, PREPRINT_KEY]),
        ("?order=newest", [PREPRINT_KEY, PAPER_KEY, BOOK_KEY]),
        ("?kind=papers", [PAPER_KEY, PREPRINT_KEY]),
        ("?kind=books", [BOOK_KEY]),
        ("?kind=videos", []),
        ("?speaker=minami", [PREPRINT_KEY]),
        ("?tag=月", [PREPRINT_KEY]),
        ("?year=1999", []),
        ("?author=Minami, A.", [PAPER_KEY]),
        ("?order=newest&author=Minami, A.&tag=月", []),
    ],
)
def test_library_lists_what_is_literature(client, site, query, found):
    assert works(client, query) == found


@pytest.mark.parametrize(
    "query", ["?kind=shops", "?order=random", "?speaker=nobody", "?tag=nothing", "?year=x", "?author=nobody"]
)
def test_unknown_filter_is_no_page(client, site, query):
    assert client.get(f"/works/{query}").status_code == 404


def test_navigation_leads_to_the_library_if_there_is_one(client):
    assert 'href="/works/"' not in html_of(client.get("/tags/"))

    make_episode(notes=f"[波の論文]({PAPER})", live=True)

    assert 'href="/works/"' in html_of(client.get("/tags/"))


def test_library_is_one_file_for_reference_managers(client, site):
    bib, ris = client.get("/works.bib"), client.get("/works.ris")

    assert bib["Content-Disposition"] == 'attachment; filename="works.bib"'
    assert re.findall(r"@(\w+){", bib.content.decode()) == ["article", "book", "misc"]
    assert (
        "TY  - JOUR\nAU  - Minami, A.\nAU  - Kita, B.\nTI  - Waves that do not break\nPY  - 2021\nT2  - Waves\n"
        "DO  - 10.1000/paper\n"
        "UR  - https://doi.org/10.1000/paper\nER  - \n"
    ) in ris.content.decode()
    assert "draft" not in bib.content.decode() + unquote(ris.content.decode())


def test_large_library_is_several_files(client, site, monkeypatch):
    whole = client.get("/works.txt").content
    caches["pages"].clear()
    monkeypatch.setattr(files, "WORKS", 1)
    html = html_of(client.get("/en/works/?kind=papers"))

    addresses = re.findall(r'<a href="(/works[^"]*\.txt)">Plain text (\d)</a>', html)
    assert addresses == [("/works.txt", "1"), ("/works/page/2.txt", "2"), ("/works/page/3.txt", "3")]
    parts = [client.get(address) for address, _number in addresses]
    assert [part.content.count(b"\n") for part in parts] == [1, 1, 1]
    assert b"".join(part.content for part in parts) == whole
    assert parts[2]["Content-Disposition"] == 'attachment; filename="works-3.txt"'
    assert client.get("/works/page/1.txt").status_code == client.get("/works/page/4.txt").status_code == 404


def test_works_of_one_page_are_a_file_of_their_own(client, site):
    response = client.get("/works.ris", {"of": "/3"})

    assert response["Content-Disposition"] == 'attachment; filename="3-works.ris"'
    assert response.content.decode().count("TY  - ") == 1
    assert client.get("/works.ris", {"of": "/nowhere"}).status_code == 404


def test_library_is_narrowed_by_what_can_be_taken_away_again(client, site):
    html = html_of(client.get("/en/works/?kind=papers&speaker=minami&author=Minami, A."))

    assert 'href="/en/works/?speaker=minami&amp;author=Minami%2C+A."' in html  # without the kind
    assert 'href="/en/works/?kind=papers&amp;author=Minami%2C+A."' in html
    assert '<option value="minami" selected>' in html
    assert '<input type="hidden" name="author" value="Minami, A.">' in html


def test_what_has_a_doi_but_is_no_paper_says_what_it_is(client, site):
    paper = Work.objects.get(key=PAPER_KEY)
    assert "データセット" not in html_of(client.get("/works/"))

    paper.found["form"] = "dataset"
    paper.save()

    assert "<span>データセット</span>" in html_of(client.get("/works/"))
    assert "Data set" in html_of(client.get(f"/en{paper.path}"))


def test_lists_as_text(client, site):
    lines = client.get("/works.txt").content.decode().splitlines()

    assert lines[0] == f"Minami, A., & Kita, B. (2021). Waves that do not break. Waves. {PAPER}"
    assert len(lines) == 3


@pytest.mark.parametrize("query", ["", "?order=newest"])
def test_library_costs_the_same_queries_at_one_and_at_three(client, query):
    counts = []
    for number in range(3):
        make_episode(notes=f"[論文](https://doi.org/10.1000/{number})", live=True)
        client.get(f"/works/{query}")
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/works/{query}")
        counts.append(len(queries))

    assert counts[0] == counts[2]


def test_count_of_the_library_leaves_out_what_only_hidden_texts_discuss(site):
    assert Library().count() == Work.objects.live().filter(kind__in=LITERATURE).count() == 3
    assert Library(KINDS["books"]).count() == 1


def test_newest_works_are_read_in_chunks_and_end_with_those_of_undated_content(site, monkeypatch):
    make_post(category="keywords", body="[用語の論文](https://doi.org/10.1000/term)", live=True)
    monkeypatch.setattr(library, "CHUNK", 2)

    keys = [work.key for work in Library().newest(slice(0, 9))]

    assert keys == [PREPRINT_KEY, PAPER_KEY, BOOK_KEY, "doi:10.1000/term"]
    assert [work.key for work in Library().newest(slice(1, 3))] == keys[1:3]


def test_works_of_a_draft_are_no_file(client, site):
    assert "TY" not in client.get("/works.ris", {"of": "/4-draft"}).content.decode()

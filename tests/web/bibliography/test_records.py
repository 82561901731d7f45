"""Records of registries, read and asked for."""

import json

import pytest

from interaxion.text.citing.facts import WorkFacts
from interaxion.web.bibliography.arxiv import read_arxiv
from interaxion.web.bibliography.asking import Asker
from interaxion.web.bibliography.csl import read_csl
from interaxion.web.bibliography.ndl import read_ndl
from interaxion.web.bibliography.record import Record
from interaxion.web.ssrf_guard import FetchFailed, FetchRefused
from tests.web.bibliography.records import ARXIV, CROSSREF, DATACITE, NDL
from tests.web_server import HERE, serve


def test_record_of_crossref_states_a_paper_and_its_preprint():
    assert read_csl(CROSSREF) == Record(
        "Crossref",
        WorkFacts(
            title="Waves of A & B",
            authors=("Minami, Jörg-Otto", "Noda, Kita", "The Wave Collaboration"),
            year="2007",
            container="Letters on Waves",
            volume="98",
            issue="14",
            pages="146401-146404",
            publisher="Society of Waves",
            form="article",
        ),
        ("arxiv:0701.00001",),
    )


def test_record_of_datacite_states_data():
    authors = ("Minami, Jörg-Otto", "Wave Centre")
    facts = WorkFacts("Heights of waves", authors, "2021", publisher="Store of Data", form="dataset")
    assert read_csl(DATACITE) == Record("DataCite", facts)


@pytest.mark.parametrize(
    "data",
    [
        {"title": []},
        {"title": "T", "author": "x", "issued": {"date-parts": [[None]]}, "relation": [], "page": {}},
        {"title": ["T"], "author": [None, {}], "issued": None, "relation": {"has-preprint": [3, {"id": 5}]}},
    ],
)
def test_record_in_another_form_states_what_it_does(data):
    record = read_csl(json.dumps(data).encode())

    assert record is None or (record.facts, record.other_forms) == (WorkFacts("T"), ())


def test_record_of_arxiv_states_the_paper_that_it_became():
    record = read_arxiv(ARXIV, "0701.00001")

    authors = ("Minami, Jörg-Otto", "van der Noda, Ko", "The Wave Collaboration")
    facts = WorkFacts("Waves of A and B", authors, "2006", publisher="arXiv", form="preprint")
    assert record == Record("arXiv", facts, ("doi:10.1000/waves.98.146401",))
    assert read_arxiv(ARXIV, "0701.00002") is None


def test_record_of_the_national_library_is_that_of_the_isbn_and_without_translators():
    authors = ("みなみ, 太郎", "Noda, Kita")
    facts = WorkFacts("波の本 : 海から 上", authors, "2020", publisher="波書房", form="book")
    assert read_ndl(NDL, "9784873119199") == Record("NDL", facts)
    assert read_ndl(NDL, "9784000000000") is None


@pytest.fixture
def site():
    with serve({"/doi/10.1000/waves": "/record.json", "/record.json": CROSSREF, "/busy/10.1000/waves": 503}) as site:
        yield site


def asker(site, path="doi", **kwargs):
    registries = {"doi": f"{site.url}/{path}/"}
    return Asker("https://show.example; mailto:me@show.example", registries, **{"allowed_networks": HERE, **kwargs})


def test_registry_is_told_what_is_wanted_and_who_asks(site):
    record = asker(site).find("doi", "10.1000/waves")

    assert record and record.source == "Crossref"
    assert [path for _method, path in site.seen] == ["/doi/10.1000/waves", "/record.json"]
    assert {headers["Accept"] for headers in site.headers} == {"application/vnd.citationstyles.csl+json"}
    assert {headers["User-Agent"] for headers in site.headers} == {
        "Interaxion (https://show.example; mailto:me@show.example)"
    }


def test_registry_that_has_no_record_is_no_failure_and_one_that_is_busy_is(site):
    assert asker(site).find("doi", "10.1000/unknown") is None
    with pytest.raises(FetchFailed, match="the registry answers 503"):
        asker(site, "busy").find("doi", "10.1000/waves")


def test_registry_inside_the_network_of_the_server_is_refused(site):
    with pytest.raises(FetchRefused):
        asker(site, allowed_networks=()).find("doi", "10.1000/waves")
    assert site.seen == []

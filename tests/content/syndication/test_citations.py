import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.content.syndication.citations import Citation, find_citations


@pytest.mark.parametrize(
    ("href", "url", "identifier"),
    [
        ("https://doi.org/10.1000/ABC.1", "https://doi.org/10.1000/abc.1", "doi:10.1000/abc.1"),
        ("http://dx.doi.org/10.1000/abc.1", "https://doi.org/10.1000/abc.1", "doi:10.1000/abc.1"),
        ("https://doi.org/10.1016/S0001(20)30001-2", "https://doi.org/10.1016/s0001(20)30001-2",
         "doi:10.1016/s0001(20)30001-2"),
        ("https://doi.org/10.1000%2Fabc", "https://doi.org/10.1000/abc", "doi:10.1000/abc"),
        ("https://www.nature.com/articles/s41586-020-2649-2", "https://doi.org/10.1038/s41586-020-2649-2",
         "doi:10.1038/s41586-020-2649-2"),
        ("https://arxiv.org/abs/2101.00001v2", "https://arxiv.org/abs/2101.00001", "arXiv:2101.00001"),
        ("https://arxiv.org/pdf/2101.00001.pdf", "https://arxiv.org/abs/2101.00001", "arXiv:2101.00001"),
        ("https://arxiv.org/abs/cond-mat/0211034", "https://arxiv.org/abs/cond-mat/0211034",
         "arXiv:cond-mat/0211034"),
    ],
)  # fmt: skip
def test_a_work_is_found_by_its_identifier(href, url, identifier):
    assert find_citations(f'<p><a class="x" href="{href}">ある<em>論文</em></a></p>') == [
        Citation("ある論文", url, identifier)
    ]


def test_a_work_comes_once_in_the_order_of_its_first_link():
    html = "".join(
        f'<a href="https://doi.org/10.1000/{doi}">{name}</a>' for doi, name in [("b", "一"), ("a", "二"), ("b", "三")]
    )

    assert [work.name for work in find_citations(html)] == ["一", "二"]


@pytest.mark.parametrize(
    "href",
    [
        "https://example.org/10.1000/a",
        "https://doi.org/",
        "https://arxiv.org/list/cond-mat",
        "/10.1000/a",
        "http://[::1",
    ],
)
def test_another_link_is_no_work(href):
    assert find_citations(f'<a href="{href}">x</a>') == []


@given(st.text(alphabet='<a href="htps:/do.rgxv[]10&;>', max_size=80))
def test_any_html_is_read(html):
    assert isinstance(find_citations(html), list)


@given(st.from_regex(r"10\.[0-9]{4,9}/[a-z0-9()-]{1,20}", fullmatch=True))
def test_any_doi_is_found(doi):
    assert [work.identifier for work in find_citations(f'<a href="https://doi.org/{doi}">x</a>')] == [f"doi:{doi}"]

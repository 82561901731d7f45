"""DOIs from the URLs of nature.com: the last part of the path is the suffix of the DOI, sometimes without dots."""

import re

#: Seven digits alone are excluded: the URL does not have the prefix of their DOI (`sj.onc.1209748`).
_ARTICLE = re.compile(
    r"/articles/((?!\d{7}(?:\W|$))(?=[\w.-]*\d)[a-z0-9][\w.-]*?)(?:_reference)?(?:\.(?:e?pdf|ris))?(?:/.*)?",
    re.IGNORECASE | re.ASCII,
)
#: URLs until 2017, by issue or by day.
_OLD_ARTICLE = re.compile(
    r"/\w+/(?:journal/v[^/]+/n[^/]+|\d{4}/\d{6}/\w+)/(?:full|abs|pdf)"
    r"/([a-z]+[\w.]*\d[a-z]?|\d{6}[a-z]\d?)\.(?:html|pdf)",
    re.IGNORECASE | re.ASCII,
)
#: Journals that number by year (`sdata.2016.18`) lost the dots in the URL (`sdata201618`). Those launched under the
#: name of Nature before 2010 kept them (`nnano.2016.256`); three have numbers over 9999, which may begin with 2016.
#: BibSonomy's NatureArticleScraper does the same.
_BY_YEAR = re.compile(r"((?!(?:nature|ncomms|srep)\d)[a-z]+)(20(?:0[5-9]|1\d))(\d{1,4})a?", re.IGNORECASE)
_PREFIXES = {"palcomms": "10.1057"}


def doi_at_nature(path: str) -> str:
    """Return the DOI (`10.1038/…`) of an article by its path; "" for other pages."""
    found = _ARTICLE.fullmatch(path) or _OLD_ARTICLE.fullmatch(path)
    if not found:
        return ""
    if by_year := _BY_YEAR.fullmatch(found[1]):
        journal, year, number = by_year.groups()
        return f"{_PREFIXES.get(journal.lower(), '10.1038')}/{journal}.{year}.{number}"
    return f"10.1038/{found[1]}"

"""Which DOI an article's address at nature.com stands for: its last part is the DOI's, or was before the dots went."""

import re

#: Seven digits alone are left out: what stood before them in the DOI (`sj.onc.1209748`) the address does not say.
_ARTICLE = re.compile(
    r"/articles/((?!\d{7}(?:\W|$))(?=[\w.-]*\d)[a-z0-9][\w.-]*?)(?:_reference)?(?:\.(?:e?pdf|ris))?(?:/.*)?",
    re.IGNORECASE | re.ASCII,
)
#: As they were until 2017, by issue or by day.
_OLD_ARTICLE = re.compile(
    r"/\w+/(?:journal/v[^/]+/n[^/]+|\d{4}/\d{6}/\w+)/(?:full|abs|pdf)"
    r"/([a-z]+[\w.]*\d[a-z]?|\d{6}[a-z]\d?)\.(?:html|pdf)",
    re.IGNORECASE | re.ASCII,
)
#: Journals that count by year (`sdata.2016.18`) lost the dots (`sdata201618`). Those launched under the name of Nature
#: before 2010 kept theirs (`nnano.2016.256`); three count beyond 9999, so that 2016 may begin a mere number.
#: BibSonomy's NatureArticleScraper does the same.
_BY_YEAR = re.compile(r"((?!(?:nature|ncomms|srep)\d)[a-z]+)(20(?:0[5-9]|1\d))(\d{1,4})a?", re.IGNORECASE)
_PREFIXES = {"palcomms": "10.1057"}


def doi_at_nature(path: str) -> str:
    """`10.1038/…`, "" for other pages."""
    found = _ARTICLE.fullmatch(path) or _OLD_ARTICLE.fullmatch(path)
    if not found:
        return ""
    if by_year := _BY_YEAR.fullmatch(found[1]):
        journal, year, number = by_year.groups()
        return f"{_PREFIXES.get(journal.lower(), '10.1038')}/{journal}.{year}.{number}"
    return f"10.1038/{found[1]}"

"""Citations: the title, year and authors of a work, read from the words of a link or the text before it."""

import re

#: The label between the name of a work and its link.
_LABEL = re.compile(
    r"(?<!\w)(?:doi|arxiv|url|isbn|pdf)$|(?:^|(?<=[^\w\s])) ?(?:link|paper|preprint|論文|原論文|リンク)$", re.IGNORECASE
)
_SEPARATORS = " \u3000,，、;；:：|/／→⇒←-–—~〜=＝(（[［【<〈"
#: A name that ends with one of these is complete: the link after it is not part of a sentence with it.
_COMPLETE = (".", "．", '"', "”", "」", "』", ")", "）", "]", "］")
_UNCLOSED = re.compile(r"[(（\[［【]([^()（）\[\]［］【】]*)$")
_QUOTED = re.compile('“([^“”]{8,})”|"([^"]{8,})"|「([^「」]{6,})」|『([^『』]{4,})』')
#: APA and its like: `Author, A. (2007). Title of the work. Journal, 98(14), 1-4.`
_AFTER_YEAR = re.compile(
    r"[(（]\D{0,12}(?:1[89]|20)\d\d[^()（）]{0,20}[)）][.,:，。]?\s+(.{8,}?)(?:[.．](?=\s|$)|$|(?<=[?？!])\s)"
)
_YEAR = re.compile(r"[(（]\D{0,12}((?:1[89]|20)\d\d)")
#: The authors before the year: `Behler, J., & Parrinello, M.`, or one name and `et al.`
_AUTHORS = re.compile(
    r"((?>[^,()&]+, (?>[^\W\d_]\.[ -]?)+(?:, & |, | ?& | ?and )?)+)(et al\.)?,?\s*[(（]\D{0,12}(?:1[89]|20)\d\d"
)
_AUTHOR = re.compile(r"[^,()&]+, (?:[^\W\d_]\.[ -]?)+")
_BEFORE_TITLE = re.compile(
    r"\[\d{1,3}\]\s+(?=\S)|(?:\[?arxiv\s*[:：]?\s*|\[)(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]+)?/\d{7})(?:v\d+)?\]?[\s:：,，–—-]+(?=\S)",
    re.IGNORECASE,
)
_AFTER_JOURNAL = re.compile(r"[(（](?:1[89]|20)\d\d[)）]\s*[-–—:：]\s+(\S.{8,})$")
#: Characters. Shorter words (`[1]`, `PDF`) do not name a work.
SHORTEST_NAME = 5
_AROUND = _SEPARATORS + ".．"


def cited_as(lead: str) -> str:
    """Return the name that the words before a link (`lead`) give to its target; "" if they are part of a sentence.

    `Behler, J. (2007). Title. Journal, 98, 1. DOI:` and `Title of a paper [` name it, `as was said in` does not.
    """
    words = _without_label(lead)
    if words == lead.strip() and not words.endswith(_COMPLETE):
        return ""
    if inside := _UNCLOSED.search(words):  # "… (AI Poincaré, "
        words = inside[1].strip()
    elif "。" in words:
        return ""
    return words if len(words) >= SHORTEST_NAME else ""


def title_in(citation: str) -> str:
    """Return the title in an entry of a list of references; the whole entry if no title can be told apart."""
    if found := _QUOTED.search(citation) or _AFTER_YEAR.search(citation):
        return str(next(filter(None, found.groups()))).strip(_AROUND)
    return citation


def title_in_words(words: str) -> str:
    """Return the title in the words of a link, without what an entry of a list or the heading of a paper's page adds.

    `Phys. Rev. B 75, 1 (2007) - Title`, `[2] Title` and `arXiv:2301.00001 Title` all give `Title`.
    """
    words = _BEFORE_TITLE.sub("", words, count=1) if _BEFORE_TITLE.match(words) else words
    if year_in(words) and (found := _QUOTED.search(words) or _AFTER_JOURNAL.search(words)):
        return str(next(filter(None, found.groups()))).strip(_AROUND)
    return words


def year_in(citation: str) -> str:
    found = _YEAR.search(citation)
    return found[1] if found else ""


def authors_in(citation: str) -> list[str]:
    """Return `["Behler, J.", "Parrinello, M."]`, with "others" for `et al.`; empty if the format is not recognised."""
    found = _AUTHORS.match(citation)
    if not found:
        return []
    names = [name.strip().removeprefix("and ") for name in _AUTHOR.findall(found[1])]
    return names + (["others"] if found[2] else [])


def _without_label(lead: str) -> str:
    words, before = lead.strip(), ""
    while words != before:
        before, words = words, _LABEL.sub("", words.rstrip(_SEPARATORS)).strip()
    return words

"""What a text calls a work where the words of the link itself say nothing: what stands before it. Pure."""

import re

#: What leads over from the name of a work to its address.
_LABEL = re.compile(
    r"(?<!\w)(?:doi|arxiv|url|isbn|pdf)$|(?:^|(?<=[^\w\s])) ?(?:link|paper|preprint|論文|原論文|リンク)$", re.IGNORECASE
)
_SEPARATORS = " \u3000,，、;；:：|/／→⇒←-–—~〜=＝(（[［【<〈"
#: With one of these at its end a name is whole: what follows is no part of a sentence with it.
_WHOLE = (".", "．", '"', "”", "」", "』", ")", "）", "]", "］")
_UNCLOSED = re.compile(r"[(（\[［【]([^()（）\[\]［］【】]*)$")
_QUOTED = re.compile('“([^“”]{8,})”|"([^"]{8,})"|「([^「」]{6,})」|『([^『』]{4,})』')
#: APA and its like: `Author, A. (2007). Title of the work. Journal, 98(14), 1-4.`
_BEHIND_YEAR = re.compile(
    r"[(（]\D{0,12}(?:1[89]|20)\d\d[^()（）]{0,20}[)）][.,:，。]?\s+(.{8,}?)(?:[.．](?=\s|$)|$|(?<=[?？!])\s)"
)
_YEAR = re.compile(r"[(（]\D{0,12}((?:1[89]|20)\d\d)")
#: The authors before the year: `Behler, J., & Parrinello, M.`, or one name with others behind it.
_AUTHORS = re.compile(
    r"((?>[^,()&]+, (?>[^\W\d_]\.[ -]?)+(?:, & |, | ?& | ?and )?)+)(et al\.)?,?\s*[(（]\D{0,12}(?:1[89]|20)\d\d"
)
_AUTHOR = re.compile(r"[^,()&]+, (?:[^\W\d_]\.[ -]?)+")
_BEFORE_TITLE = re.compile(
    r"\[\d{1,3}\]\s+(?=\S)|(?:\[?arxiv\s*[:：]?\s*|\[)(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]+)?/\d{7})(?:v\d+)?\]?[\s:：,，–—-]+(?=\S)",
    re.IGNORECASE,
)
_BEHIND_JOURNAL = re.compile(r"[(（](?:1[89]|20)\d\d[)）]\s*[-–—:：]\s+(\S.{8,})$")
_SITE = re.compile(r"\s+[-–—|｜]\s+[^-–—|｜]{1,30}$")
#: Shorter words (`[1]`, `PDF`) say little of a work.
SHORTEST_NAME = 5
_AROUND = _SEPARATORS + ".．"


def cited_as(lead: str) -> str:
    """What the words before a link call that which it leads to; "" where they are part of a sentence.

    `Behler, J. (2007). Title. Journal, 98, 1. DOI:` and `Title of a paper [` name it, `as was said in` does not.
    """
    words = _without_label(lead)
    if words == lead.strip() and not words.endswith(_WHOLE):
        return ""
    if inside := _UNCLOSED.search(words):  # "… (AI Poincaré, "
        words = inside[1].strip()
    elif "。" in words:
        return ""
    return words if len(words) >= SHORTEST_NAME else ""


def title_in(citation: str) -> str:
    """The title within an entry of a list of references; all of it where none stands out."""
    if found := _QUOTED.search(citation) or _BEHIND_YEAR.search(citation):
        return str(next(filter(None, found.groups()))).strip(_AROUND)
    return citation


def title_in_words(words: str) -> str:
    """The title in the words of a link, which some write like the entry of a list, or as the page of a paper is headed:
    `Phys. Rev. B 75, 1 (2007) - Title`, `[2] Title`, `arXiv:2301.00001 Title`."""
    words = _BEFORE_TITLE.sub("", words, count=1) if _BEFORE_TITLE.match(words) else words
    if year_in(words) and (found := _QUOTED.search(words) or _BEHIND_JOURNAL.search(words)):
        return str(next(filter(None, found.groups()))).strip(_AROUND)
    return words


def without_site(words: str) -> str:
    """`Title of a paper` of `Title of a paper - Name of a journal`: its preprint stands elsewhere."""
    found = _SITE.search(words)
    return words[: found.start()] if found and found.start() >= SHORTEST_NAME else words


def year_in(citation: str) -> str:
    found = _YEAR.search(citation)
    return found[1] if found else ""


def authors_in(citation: str) -> list[str]:
    """`["Behler, J.", "Parrinello, M."]`, with "others" for `et al.`; empty where it is not sure who they are."""
    found = _AUTHORS.match(citation)
    if not found:
        return []
    names = [name.removeprefix("and ").strip() for name in _AUTHOR.findall(found[1])]
    return names + (["others"] if found[2] else [])


def _without_label(lead: str) -> str:
    words, before = lead.strip(), ""
    while words != before:
        before, words = words, _LABEL.sub("", words.rstrip(_SEPARATORS)).strip()
    return words

"""Records of the National Diet Library of Japan, which has every book that is published there: NDL Search, OpenSearch.

https://ndlsearch.ndl.go.jp/help/api/specifications
"""

import re
import unicodedata

from interaxion.text.addresses.isbn import isbn13
from interaxion.text.citing.facts import WorkFacts
from interaxion.web.bibliography.record import Record
from interaxion.web.xml_reading import Element, read_xml

_DC, _DCNDL = "{http://purl.org/dc/elements/1.1/}", "{http://ndl.go.jp/dcndl/terms/}"
_ISSUED = "{http://purl.org/dc/terms/}issued"
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
#: In the statement of responsibility, `甲野太郎 著, 乙山花子 訳`, what they did who are no authors.
_OTHER_PART = re.compile(r"[\s\[［](?:共?訳|監訳|翻訳|訳・解説|監修|解説|装[丁幀]|[作挿]?画|イラスト)[\]］]?$")
_PART = re.compile(rf"{_OTHER_PART.pattern}|[\s\[［](?:共?[著編]|編著|著編|原著|原作|作|文)[\]］]?$")
#: What a library adds to a name: `小出, 昭一郎, 1927-2008`.
_YEARS = re.compile(r",? *\d{4}-(?:\d{4})?$")


def read_ndl(body: bytes, isbn: str) -> Record | None:
    """Return what the answer states of the book with these 13 digits; None if it is not in it. Raises XmlRefused."""
    for item in read_xml(body).iter("item"):
        numbers = (each.text or "" for each in item.iter(f"{_DC}identifier") if each.get(_TYPE) == "dcndl:ISBN")
        if isbn in map(isbn13, numbers) and (title := _first(item, f"{_DC}title")):
            volume = _first(item, f"{_DCNDL}volume")
            facts = WorkFacts(
                title=f"{title} {volume}".strip(),
                authors=tuple(_authors(item)),
                year=(re.findall(r"\d{4}", _first(item, _ISSUED) or _first(item, f"{_DC}date")) or [""])[0],
                publisher=next((name for name in _all(item, f"{_DC}publisher") if "発売" not in name), ""),
                form="book",
            )
            return Record("NDL", facts)
    return None


def _authors(item: Element) -> list[str]:
    """Return those who made the book, without translators and the like, if any are left."""
    names = [_YEARS.sub("", name) for name in _all(item, f"{_DC}creator")]
    others = _names_of_others(" ".join(_all(item, "author")))
    return [name for name in names if _letters(name) not in others] or names


def _names_of_others(statement: str) -> set[str]:
    """Return the names in a statement of responsibility that stand before 訳 and the like: `乙山花子, 丙川次郎 訳`."""
    found: set[str] = set()
    waiting: list[str] = []
    for part in re.split(r"[,、;]\s*", statement):
        waiting.append(_letters(_PART.sub("", part.strip())))
        if _PART.search(part.strip()):
            found |= set(waiting) if _OTHER_PART.search(part.strip()) else set()
            waiting = []
    return found


def _letters(name: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name)).replace("髙", "高").casefold()


def _first(item: Element, name: str) -> str:
    return next(iter(_all(item, name)), "")


def _all(item: Element, name: str) -> list[str]:
    return [text for each in item.findall(name) if (text := " ".join((each.text or "").split()))]

"""Books by their ISBN, and other products of Amazon by their ASIN."""

import re
from urllib.parse import SplitResult

from interaxion.text.addresses.identity import WorkIdentity

_AMAZON = re.compile(r"(?:smile\.)?amazon\.(?:com|co\.jp|co\.uk|de|fr|it|es|ca|in|com\.au)")
_ITEM = re.compile(
    r"/(?:dp|gp/product|gp/aw/d|exec/obidos/asin|o/asin)/(?:product/)?([A-Z\d]{10})(?:/|$)", re.IGNORECASE | re.ASCII
)
_TEXT = re.compile(r"(?:urn:)?isbn(?:-1[03])?[:\s]\s*([\dXx][\dXx -]{8,16})", re.IGNORECASE)
#: The paths of libraries and publishers with the ISBN in them.
_PATH = re.compile(r"/(?:(?:bd/)?isbn|books?(?:/detail|/\d{4})?)/([\dXx-]{10,17})/?", re.IGNORECASE | re.ASCII)
_HOSTS = {
    "amazon.co.jp", "books.or.jp", "calil.jp", "gihyo.jp", "hanmoto.com", "isbnsearch.org", "openbd.jp",
    "openlibrary.org", "oreilly.co.jp", "shoeisha.co.jp", "worldcat.org",
}  # fmt: skip


def isbn_by_name(text: str) -> WorkIdentity | None:
    """Identify `ISBN 978-4-06-153959-4`."""
    found = _TEXT.fullmatch(text)
    return _book(found[1]) if found else None


def isbn_by_address(host: str, parts: SplitResult) -> WorkIdentity | None:
    if _AMAZON.fullmatch(host) and (found := _ITEM.search(parts.path)):
        item = found[1].upper()
        address = f"https://www.{host.removeprefix('smile.')}/dp/{item}"
        isbn = isbn13(item)
        return WorkIdentity("isbn", f"isbn:{isbn}", address) if isbn else WorkIdentity("url", f"asin:{item}", address)
    found = _PATH.fullmatch(parts.path) if host in _HOSTS else None
    # Keep the linked site: it has the book, Open Library may not.
    return _book(found[1], f"https://{parts.hostname}{parts.path}") if found else None


def _book(text: str, address: str = "") -> WorkIdentity | None:
    isbn = isbn13(text)
    return WorkIdentity("isbn", f"isbn:{isbn}", address or f"https://openlibrary.org/isbn/{isbn}") if isbn else None


def isbn13(text: str) -> str:
    """Return the 13 digits of an ISBN with a valid check digit (ISO 2108); "" for anything else."""
    isbn = re.sub(r"[ -]", "", text).upper()
    if re.fullmatch(r"\d{9}[\dX]", isbn):
        digits = [10 if digit == "X" else int(digit) for digit in isbn]
        if sum(weight * digit for weight, digit in zip(range(10, 0, -1), digits, strict=True)) % 11:
            return ""
        isbn = "978" + isbn[:9]
        return isbn + str(-_weighed(isbn) % 10)
    return isbn if re.fullmatch(r"97[89]\d{10}", isbn) and _weighed(isbn) % 10 == 0 else ""


def _weighed(digits: str) -> int:
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))

"""`WorkIdentity`: the result of `identify`, the same for every spelling of a URL."""

import hashlib
from dataclasses import dataclass
from typing import Literal

AddressKind = Literal["own", "doi", "arxiv", "isbn", "video", "tweet", "url", "furniture"]
#: Kinds that have a persistent identifier and are cited by it: one mention is enough for a page about the work.
CITED_KINDS = ("doi", "arxiv")
#: Kinds that search finds by their number and by the words of their links. Plain pages and tweets are found only in
#: the pages that link to them.
NAMED_KINDS = (*CITED_KINDS, "isbn", "video")
#: Kinds that are linked to but are never the subject: pages of this site, and ignored links (see `ignored_links`).
NO_WORKS = ("own", "furniture")
LONGEST_KEY = 300  # characters


@dataclass(frozen=True)
class WorkIdentity:
    """`key` is the same for every spelling; `canonical_url` opens the work, and `identify` gives it the same key."""

    kind: AddressKind
    key: str
    canonical_url: str

    @property
    def is_work(self) -> bool:
        """Whether the target is a work, so that two links to it are two mentions of the same thing."""
        return self.kind not in NO_WORKS

    @property
    def number(self) -> str:
        """The number that people cite and search for: `10.1000/182`, `2301.00001`; "" for a page or a tweet."""
        return self.key.partition(":")[2] if self.kind in NAMED_KINDS else ""


def short_key(key: str) -> str:
    """Return the key, cut to `LONGEST_KEY` with a hash of it at the end if it is longer, to fit its column."""
    if len(key) <= LONGEST_KEY:
        return key
    return f"{key[: LONGEST_KEY - 33]}#{hashlib.sha256(key.encode(errors='surrogatepass')).hexdigest()[:32]}"

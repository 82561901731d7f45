"""What an address means, whichever way it is spelled."""

import hashlib
from dataclasses import dataclass
from typing import Literal

AddressKind = Literal["own", "doi", "arxiv", "isbn", "video", "tweet", "url", "furniture"]
#: What everybody calls by a name of its own, and cites: one mention is enough for a page.
CITED_KINDS = ("doi", "arxiv")
#: What search finds by its number and by the words of its links. Plain pages and tweets are found where they stand.
NAMED_KINDS = (*CITED_KINDS, "isbn", "video")
#: What is linked to and is nobody's subject: pages of this site, and the furniture of social networks.
NO_WORKS = ("own", "furniture")
LONGEST_KEY = 300


@dataclass(frozen=True)
class WorkIdentity:
    """`key` is the same for every spelling; `canonical_url` opens it, and means the same to `identify`."""

    kind: AddressKind
    key: str
    canonical_url: str

    @property
    def is_work(self) -> bool:
        """Whether people speak of what is there, so that two links to it are two mentions of one thing."""
        return self.kind not in NO_WORKS

    @property
    def number(self) -> str:
        """By which it is known and looked for: `10.1000/182`, `2301.00001`; "" for a page or a tweet."""
        return self.key.partition(":")[2] if self.kind in NAMED_KINDS else ""


def short_key(key: str) -> str:
    """Long keys end in a hash of themselves, so that every key fits into its column."""
    if len(key) <= LONGEST_KEY:
        return key
    return f"{key[: LONGEST_KEY - 33]}#{hashlib.sha256(key.encode(errors='surrogatepass')).hexdigest()[:32]}"

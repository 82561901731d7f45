"""What an address means, whichever way it is spelled."""

import hashlib
from dataclasses import dataclass
from typing import Literal

Kind = Literal["own", "doi", "arxiv", "isbn", "video", "tweet", "url"]
LONGEST_KEY = 300


@dataclass(frozen=True)
class WorkIdentity:
    """`key` is the same for every spelling; `canonical_url` opens it, and means the same to `identify`."""

    kind: Kind
    key: str
    canonical_url: str


def short_key(key: str) -> str:
    """Long keys end in a hash of themselves, so that every key fits into its column."""
    if len(key) <= LONGEST_KEY:
        return key
    return f"{key[: LONGEST_KEY - 33]}#{hashlib.sha256(key.encode(errors='surrogatepass')).hexdigest()[:32]}"

"""Where a Japanese line may break: between phrases, as BudouX finds them. Pure."""

import re
from functools import cache, lru_cache

import budoux

_JAPANESE = re.compile("[ぁ-ヿ一-鿿]")


@lru_cache(maxsize=2000)
def split_phrases(text: str) -> tuple[str, ...]:
    """The phrases of a Japanese text, in order and complete; another text is one of its own."""
    return tuple(_parser().parse(text)) if _JAPANESE.search(text) else (text,)


@cache
def _parser() -> budoux.Parser:
    return budoux.load_default_japanese_parser()

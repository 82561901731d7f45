"""Line breaks in Japanese: between the phrases that BudouX finds, joined again where it cuts a word."""

import re
from functools import cache, lru_cache

import budoux

_JAPANESE = re.compile("[ぁ-ヿ一-鿿]")
_KANJI = "[一-鿿々]"
_DIGIT = "[0-9０-９]"
_NUMBER = "[0-9０-９一二三四五六七八九十百千万億兆数]"
_COUNTER = "[回章話年月日時分秒週節部巻号版次度人本個枚冊倍種類番問点項例位代歳件台匹つ世百千万億兆]"


@lru_cache(maxsize=2000)
def split_phrases(text: str) -> tuple[str, ...]:
    """Split a Japanese text into phrases; joined, they give the text again. Any other text is one phrase."""
    if not _JAPANESE.search(text):
        return (text,)
    phrases: list[str] = []
    for piece in _parser().parse(text):
        if phrases and _belong_together(phrases[-1], piece):
            phrases[-1] += piece
        else:
            phrases.append(piece)
    return tuple(phrases)


def _belong_together(before: str, after: str) -> bool:
    return any(end.search(before) and beginning.match(after) for end, beginning in _no_breaks())


@cache
def _no_breaks() -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    """Return pairs of an end and a beginning between which is no break: rare in the texts BudouX was trained on.

    They take 30 ms to compile, so that is left to the first text.
    """
    return [
        (re.compile(f"(?:{end})\\Z"), re.compile(beginning))
        for end, beginning in (
            (f"{_DIGIT}[.,．，]?", _DIGIT),  # 202|0年
            ("第", _NUMBER),
            (_NUMBER, _COUNTER),
            (f"(?<!{_KANJI}){_KANJI}", _KANJI),  # a kanji alone: 超|伝導, ナノ材|料
            ("超", "[一-鿿ァ-ヿ]"),  # 高温超|伝導
            (_KANJI, f"{_KANJI}(?!{_KANJI})"),  # 気体分|子
            # Particles of two words: 熱に|よる, 磁場に|おける, 波と|して.
            ("に", "(?:よ[るっり]|お[けい]|ついて|つき|とって|対[しす]|関[しす]|基づ|向け|わた[るっ])"),
            ("と", "(?:し[てた]|いう|いった|とも)"),
        )
    ]


@cache
def _parser() -> budoux.Parser:
    return budoux.load_default_japanese_parser()

"""Text in several fonts: each character in the first that has it. Pillow draws a box for what a font lacks."""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

from PIL import ImageDraw, ImageFont

#: In no font: so its picture is the box that a font draws for a missing character.
_NOWHERE = "\U0010fffe"
#: Select a form of the character before it, or join two: no font need have them.
_JOINERS = {"\u200d", *map(chr, range(0xFE00, 0xFE10))}


class Lettering:
    """The fonts of `files` in one size (pixels). The first, the best, gives the height of lines."""

    def __init__(self, files: Sequence[Path], size: int) -> None:
        self.size = size
        self._files = tuple(files)
        self._ascent = _load(self._files[0], size).getmetrics()[0]

    def getlength(self, text: str) -> float:
        return sum(font.getlength(run) for font, run in self._runs(text))

    def write(self, draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, colour: str) -> None:
        """Write `text` with its upper left corner `at`; all fonts stand on one line."""
        left, top = at
        for font, run in self._runs(text):
            draw.text((left, top + self._ascent), run, colour, font, anchor="ls")
            left += font.getlength(run)

    def _runs(self, text: str) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
        for file, run in groupby(spell(text, self._files), key=lambda character: _file_for(character, self._files)):
            yield _load(file or self._files[0], self.size), "".join(run)


def spell(text: str, files: Sequence[Path]) -> str:
    """Return the text without boxes: a character that no font has becomes its plain form (₂ is 2), else it goes."""
    return "".join(_spelling(character, tuple(files)) for character in unicodedata.normalize("NFC", text))


@cache
def _spelling(character: str, files: tuple[Path, ...]) -> str:
    if character in _JOINERS:
        return ""
    if character.isspace() or _file_for(character, files):
        return character
    plain = unicodedata.normalize("NFKC", character)
    return plain if all(each.isspace() or _file_for(each, files) for each in plain) else ""


@cache
def _file_for(character: str, files: tuple[Path, ...]) -> Path | None:
    """Return the first of the fonts that has the character; None if none has. A space is in all of them."""
    return next((file for file in files if character.isspace() or _has(file, character)), None)


def _has(file: Path, character: str) -> bool:
    return _picture(file, character) != _picture(file, _NOWHERE)


@cache
def _picture(file: Path, character: str) -> tuple[tuple[int, int], bytes]:
    mask = _load(file, 32).getmask(character)
    return mask.size, bytes(mask)


@cache
def _load(file: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(file, size)

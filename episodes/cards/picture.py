"""Drawing a social card, the picture of a shared link to an episode: 1200 by 630 pixels, as a PNG. No Django.

The size (Open Graph): https://developers.facebook.com/docs/sharing/webmasters/images/
"""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

from episodes.cards.lettering import Lettering
from interaxion.text.japanese.line_breaks import split_phrases

WIDTH, HEIGHT = 1200, 630
MARGIN = 72
ARTWORK_SIDE = 342
#: The colours of the page: paper, ink, muted ink, and fine lines.
PAPER, INK, MUTED, HAIRLINE = "#faf6ed", "#1e1a15", "#62594c", "#d5ccbb"
TITLE_SIZES = (80, 72, 64, 56, 50, 44, 38)
#: Of the size of the letters.
LINE_HEIGHT = 1.32
NUMBER_SIZE, SMALL_SIZE = 96, 30


@dataclass(frozen=True)
class CardText:
    number: str
    title: str
    people: tuple[str, ...]
    show: str


def draw_card(text: CardText, *, fonts: Sequence[Path], artwork: Image.Image | None) -> bytes:
    """Return the card as a PNG; without fonts it has no text. The first font is the best."""
    card = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(card)
    base = HEIGHT - 118
    _draw_line(draw, base)
    right = WIDTH - MARGIN
    if artwork is not None:
        right -= ARTWORK_SIDE
        card.paste(ImageOps.fit(artwork.convert("RGB"), (ARTWORK_SIDE, ARTWORK_SIDE)), (right, MARGIN))
        right -= 48
    if fonts:
        _write(draw, text, fonts, width=right - MARGIN, base=base)
    output = io.BytesIO()
    card.save(output, "PNG", optimize=True)
    return output.getvalue()


def break_lines(text: str, letters: Lettering, width: float) -> list[str]:
    """Break the text into lines of at most `width` pixels, between phrases and words; a longer word is broken too."""
    lines = [""]
    for piece in _pieces(text):
        if letters.getlength((lines[-1] + piece).rstrip()) <= width:
            lines[-1] += piece
        elif letters.getlength(piece.rstrip()) <= width:
            lines.append(piece)
        else:
            for letter in piece:
                if letters.getlength(lines[-1] + letter) > width:
                    lines.append("")
                lines[-1] += letter
    return [line.strip() for line in lines if line.strip()]


def _pieces(text: str) -> list[str]:
    """Split the text at phrases, and phrases into words, each with the space behind it."""
    return [
        word + " " * (place < last)
        for phrase in split_phrases(" ".join(text.split()))
        for last in [phrase.count(" ")]
        for place, word in enumerate(phrase.split(" "))
    ]


def _write(draw: ImageDraw.ImageDraw, text: CardText, fonts: Sequence[Path], *, width: int, base: int) -> None:
    top = MARGIN - 18
    if text.number:
        Lettering(fonts, NUMBER_SIZE).write(draw, (MARGIN, top), text.number, INK)
        top += NUMBER_SIZE + 36
    letters, lines = _fit(text.title, fonts, width, base - 36 - top)
    for line in lines:
        letters.write(draw, (MARGIN, top), line, INK)
        top += round(letters.size * LINE_HEIGHT)
    small = Lettering(fonts, SMALL_SIZE)
    show = _cut(text.show, small, (WIDTH - 2 * MARGIN) * 0.45)
    left = WIDTH - MARGIN - small.getlength(show)
    small.write(draw, (left, base + 32), show, MUTED)
    small.write(draw, (MARGIN, base + 32), _name_people(text.people, small, left - MARGIN - 40), INK)


def _fit(title: str, fonts: Sequence[Path], width: int, height: int) -> tuple[Lettering, list[str]]:
    """Return the fonts in the largest size at which the title fits, and its lines; if none fits, the title is cut."""
    for size in TITLE_SIZES:
        letters = Lettering(fonts, size)
        lines = break_lines(title, letters, width)
        most = int(height // (size * LINE_HEIGHT))
        if len(lines) <= most:
            return letters, lines
    lines = lines[: max(most, 1)]
    lines[-1] = _cut(lines[-1] + "……", letters, width)
    return letters, lines


def _name_people(people: Sequence[str], letters: Lettering, width: float) -> str:
    """Return as many whole names as fit, with … for the rest; one that is too long by itself is cut."""
    for count in range(len(people), 0, -1):
        named = "、".join(people[:count]) + ("…" if count < len(people) else "")
        if letters.getlength(named) <= width:
            return named
    return _cut(people[0], letters, width) if people else ""


def _cut(text: str, letters: Lettering, width: float) -> str:
    if letters.getlength(text) <= width:
        return text
    while text and letters.getlength(text + "…") > width:
        text = text[:-1]
    return text.rstrip("… ") + "…"


def _draw_line(draw: ImageDraw.ImageDraw, base: int) -> None:
    """Draw the line of the page: a vertex, and from there a wave that fades out."""
    centre, end = WIDTH * 0.62, WIDTH - MARGIN
    draw.line([(MARGIN, base), (centre, base)], INK, 4)
    steps = range(int(centre), end + 1, 2)
    wave = [(x, base - 13 * math.sin((x - centre) / 15) * (1 - (x - centre) / (end - centre + 1))) for x in steps]
    draw.line(wave, INK, 4, joint="curve")
    draw.ellipse([centre - 12, base - 12, centre + 12, base + 12], INK)

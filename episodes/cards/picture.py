"""Drawing a social card, the picture of a shared link to an episode: 1200 by 630 pixels, as a PNG. No Django.

The size (Open Graph): https://developers.facebook.com/docs/sharing/webmasters/images/
"""

import io
import math
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

from interaxion.text.japanese.line_breaks import split_phrases

WIDTH, HEIGHT = 1200, 630
MARGIN = 72
ARTWORK_SIDE = 342
#: The colours of the page: paper, ink, muted ink, and fine lines.
PAPER, INK, MUTED, HAIRLINE = "#faf6ed", "#1e1a15", "#62594c", "#d5ccbb"
TITLE_SIZES = (80, 72, 64, 56, 50, 44, 38)
MOST_LINES = 4
NUMBER_SIZE, SMALL_SIZE = 96, 30


@dataclass(frozen=True)
class CardText:
    number: str
    title: str
    people: str
    show: str


def draw_card(text: CardText, *, font: Path | None, artwork: Image.Image | None) -> bytes:
    """Return the card as a PNG; without a font it has no text."""
    card = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(card)
    base = HEIGHT - 118
    _draw_line(draw, base)
    right = WIDTH - MARGIN
    if artwork is not None:
        right -= ARTWORK_SIDE
        card.paste(ImageOps.fit(artwork.convert("RGB"), (ARTWORK_SIDE, ARTWORK_SIDE)), (right, MARGIN))
        right -= 48
    if font is not None:
        _write(draw, text, font, width=right - MARGIN, base=base)
    output = io.BytesIO()
    card.save(output, "PNG", optimize=True)
    return output.getvalue()


def break_lines(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Break the text into lines of at most `width` pixels, between phrases and words; a longer word is broken too."""
    lines = [""]
    for piece in _pieces(text):
        if font.getlength((lines[-1] + piece).rstrip()) <= width:
            lines[-1] += piece
        elif font.getlength(piece.rstrip()) <= width:
            lines.append(piece)
        else:
            for letter in piece:
                if font.getlength(lines[-1] + letter) > width:
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


def _write(draw: ImageDraw.ImageDraw, text: CardText, font: Path, *, width: int, base: int) -> None:
    top = MARGIN - 18
    if text.number:
        draw.text((MARGIN, top), text.number, INK, ImageFont.truetype(font, NUMBER_SIZE))
        top += NUMBER_SIZE + 36
    title_font, lines = _fit(text.title, font, width, base - 36 - top)
    for line in lines:
        draw.text((MARGIN, top), line, INK, title_font)
        top += round(title_font.size * 1.32)
    small = ImageFont.truetype(font, SMALL_SIZE)
    show = _cut(text.show, small, (WIDTH - 2 * MARGIN) * 0.45)
    left = WIDTH - MARGIN - small.getlength(show)
    draw.text((left, base + 32), show, MUTED, small)
    draw.text((MARGIN, base + 32), _cut(text.people, small, left - MARGIN - 40), INK, small)


def _fit(title: str, font: Path, width: int, height: int) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """Return the font in the largest size at which the title fits, and its lines; if none fits, the title is cut."""
    for size in TITLE_SIZES:
        found = ImageFont.truetype(font, size)
        lines = break_lines(title, found, width)
        most = min(MOST_LINES, int(height // (size * 1.32)))
        if len(lines) <= most:
            return found, lines
    lines = lines[: max(most, 1)]
    lines[-1] = _cut(lines[-1] + "……", found, width)
    return found, lines


def _cut(text: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(text + "…") > width:
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

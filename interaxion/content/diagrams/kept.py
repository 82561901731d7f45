"""The drawings of diagrams, kept as files under the hash of their source, and shown as pictures.

`store()` has them drawn before it locks the site; rendering only looks up what is kept. In a picture no script runs,
and it loads nothing from other sites (https://svgwg.org/specs/integration/#secure-static-mode).
"""

import hashlib
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.etree.ElementTree import tostring  # nosec B405 (it only writes; `read_xml` reads)

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from interaxion.content.diagrams.drawing import Undrawable, draw, drawer
from interaxion.content.diagrams.our_style import restyled
from interaxion.content.files.orphans import sweep_folder
from interaxion.text.markdown import Dialect, ImageSource, Undrawn
from interaxion.text.markdown.diagrams import find_diagrams
from interaxion.web.svg.cleaning import SvgRefused, clean_svg
from interaxion.web.xml_reading import XmlRefused, read_xml

if TYPE_CHECKING:
    from interaxion.content.publishing.publishable import Publishable

FOLDER = "diagrams"
#: The begin of a diagram in HTML, drawn or not.
FIGURE = '<figure class="diagram">'
#: Raise it when the same drawing is cleaned or styled in another way.
EDITION = 2


class KeptDrawings:
    """A `Resolver` of diagrams alone: checks need no more."""

    def image(self, src: str) -> ImageSource | None:
        return None

    def link(self, href: str) -> str | None:
        return None

    def diagram(self, source: str) -> ImageSource | Undrawn | None:
        return find_diagram(source)


def find_diagram(source: str) -> ImageSource | Undrawn | None:
    """Return the kept drawing of a Mermaid source, or why it cannot be drawn; None if nobody has tried yet."""
    name = _name_of(source)
    try:
        if default_storage.exists(f"{name}.svg"):
            with default_storage.open(f"{name}.svg") as stream:
                root = read_xml(stream.read())
            width, height = (int(root.get(side, "")) for side in ("width", "height"))
            return ImageSource(default_storage.url(f"{name}.svg"), width, height)
        if default_storage.exists(f"{name}.txt"):
            with default_storage.open(f"{name}.txt") as stream:
                return Undrawn(stream.read().decode())
    except (OSError, ValueError, XmlRefused):
        pass
    return None


def draw_diagrams(source: str, kind: Dialect) -> None:
    """Draw the diagrams of a text that are not kept yet, and keep them, or why they cannot be drawn.

    Call it before the site is locked: it may take seconds.
    """
    new = [each for each in find_diagrams(source, kind) if find_diagram(each) is None]
    for diagram, drawn in draw(new) if new else ():
        name = _name_of(diagram)
        try:
            if isinstance(drawn, Undrawable):
                raise drawn
            root = restyled(read_xml(drawn))
            if not len(root):
                raise Undrawable("it is empty")
            svg = clean_svg(tostring(root)).data
        except (Undrawable, SvgRefused, XmlRefused) as problem:
            _keep(f"{name}.txt", (str(problem) or type(problem).__name__).encode())
        else:
            _keep(f"{name}.svg", svg)


def sweep_diagrams(things: "Iterable[Publishable]") -> int:
    """Delete the drawings that none of these things shows, and the reasons for what none has. Return their number."""
    kept: set[str] = set()
    for thing in things:
        kept.update(re.findall(rf"{FOLDER}/\w+\.svg", thing.html))
        kept.update(f"{_name_of(source)}.txt" for source in find_diagrams(thing.source_text(), thing.markdown_kind))
    return sweep_folder(FOLDER, kept=kept)


def _name_of(source: str) -> str:
    key = hashlib.sha256("\n".join([drawer(), str(EDITION), source]).encode()).hexdigest()[:24]
    return f"{FOLDER}/{key}"


def _keep(name: str, content: bytes) -> None:
    if not default_storage.exists(name):  # another process may have been faster
        default_storage.save(name, ContentFile(content))

"""Diagrams drawn when a text is saved, if a tool is configured: never in the browser of a visitor.

The tool reads Mermaid and writes SVG. The SVG is stored as a file and shown as a picture: no script runs in it, and it
loads nothing from other sites (https://svgwg.org/specs/integration/#secure-static-mode).
"""

import hashlib
import logging
import re
import shlex
import subprocess  # nosec B404
from collections.abc import Iterable

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from interaxion.text.markdown import ImageSource
from interaxion.web.xml_reading import Element, XmlRefused, read_xml

FOLDER = "diagrams"
PATIENCE = 20  # seconds for one diagram
MOST_BYTES = 1_000_000
_SVG = "{http://www.w3.org/2000/svg}svg"
log = logging.getLogger(__name__)


def find_diagram(source: str) -> ImageSource | None:
    """Return the drawing of a Mermaid source, made if it does not exist yet; None if nothing can draw it."""
    command = settings.DIAGRAM_COMMAND
    if not command:
        return None
    key = hashlib.sha256("\n".join([command, source]).encode()).hexdigest()[:24]
    name = f"{FOLDER}/{key}.svg"
    try:
        if default_storage.exists(name):
            with default_storage.open(name) as stream:
                return _picture(name, read_xml(stream.read()))
        svg = _draw(command, source)
        picture = _picture(name, read_xml(svg))
    except (OSError, subprocess.SubprocessError, XmlRefused) as problem:
        log.warning("A diagram is not drawn: %s", problem)
        return None
    if picture:
        default_storage.save(name, ContentFile(svg))
    return picture


def sweep_diagrams(pages: Iterable[str]) -> int:
    """Delete the drawings that none of these pages (HTML) shows. Return the number of them."""
    shown = {name for html in pages for name in re.findall(rf"{FOLDER}/\w+\.svg", html)}
    try:
        found = default_storage.listdir(FOLDER)[1]
    except OSError:
        return 0
    old = [name for file in found if (name := f"{FOLDER}/{file}") not in shown]
    for name in old:
        default_storage.delete(name)
    return len(old)


def _draw(command: str, source: str) -> bytes:
    done = subprocess.run(  # noqa: S603 (the operator's own command; the text is its input, never an argument)  # nosec B603
        shlex.split(command), input=source.encode(), capture_output=True, timeout=PATIENCE, check=True
    )
    return done.stdout if len(done.stdout) <= MOST_BYTES else b""


def _picture(name: str, svg: Element) -> ImageSource | None:
    """Return the picture with its size in pixels: `width` and `height`, else the viewBox. None if it is not SVG."""
    if svg.tag != _SVG:
        return None
    sides = [svg.get("width", ""), svg.get("height", "")]
    if not all(re.fullmatch(r"[\d.]+(?:px)?", side) for side in sides):
        sides = svg.get("viewBox", "").replace(",", " ").split()[2:]
    try:
        width, height = (round(float(side.removesuffix("px"))) for side in sides)
    except ValueError:
        return None
    return ImageSource(default_storage.url(name), width, height)

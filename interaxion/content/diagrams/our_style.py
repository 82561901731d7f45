"""Changes of our pages to a drawing of Mermaid: the faces of Japanese, and labels that stand clear of their lines."""

import re
from xml.etree.ElementTree import Element  # nosec B405

#: The first of them that a reader has; the drawer names faces that have no kana.
FACES = "arial,'Hiragino Sans','Noto Sans CJK JP','Noto Sans JP','Yu Gothic',Meiryo,sans-serif"
_FAMILY = re.compile(r"font-family:[^;}]*(?<=[,:])\s*sans-serif|font-family:[^;}]*sans-serif")
#: The grey of the boxes behind the labels of edges.
_GREY = re.compile(r"hsl\(-?\d+, ?0%, ?80%\)|rgba\(204, ?204, ?204, ?[\d.]+\)|#e8e8e8", re.IGNORECASE)
_PAPER = "#fff"
_LABEL = "merman-foreignobject-fallback-text"
#: The outline of a label in the colour of the paper, so that a line behind it does not strike it through.
_OUTLINED = "paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round"


def restyled(svg: Element) -> Element:
    """Change the drawing in place and return it."""
    for element in svg.iter():
        if element.text and str(element.tag).endswith("}style"):
            element.text = _in_our_style(element.text)
        for name in ("style", "fill", "stroke"):
            if name in element.attrib:
                element.attrib[name] = _in_our_style(element.attrib[name])
        on_edge = "edgeLabel" in element.get("data-merman-source-classes", "")
        if on_edge and _LABEL in element.get("class", ""):
            element.attrib["style"] = f"{element.get('style', '')};{_OUTLINED}"
    return svg


def _in_our_style(style: str) -> str:
    return _GREY.sub(_PAPER, _FAMILY.sub(f"font-family:{FACES}", style))

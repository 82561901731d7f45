"""Foreign XML, parsed safely: a document that declares a DTD, and with it entities (XXE), is refused.

Drawing programs write a DTD into each figure, so a figure may have one, but only entities that are short plain text.

https://owasp.org/www-community/vulnerabilities/XML_External_Entity_(XXE)_Processing
"""

# Entities need a DTD, and expat calls our handler before it reads one.
from xml.etree.ElementTree import Element, fromstring  # nosec B405
from xml.parsers import expat  # nosec B407

__all__ = ["Element", "XmlRefused", "read_xml"]


class XmlRefused(ValueError):
    """The XML is not well-formed (the message says where) or declares a DTD."""


#: Characters of an entity, such as the address of a namespace. None names another: they cannot multiply.
LONGEST_ENTITY = 200


def read_xml(data: bytes, *, may_have_doctype: bool = False) -> Element:
    """Parse a document and return its root. Raises XmlRefused. What a DTD names elsewhere is never fetched."""
    parser = expat.ParserCreate()
    if may_have_doctype:
        parser.EntityDeclHandler = _refuse_all_but_text
    else:
        parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)
        return fromstring(data)  # nosec B314 # noqa: S314 (it has no DTD, or a harmless one)
    except (expat.ExpatError, LookupError, ValueError) as problem:
        if isinstance(problem, XmlRefused):
            raise
        raise XmlRefused(f"it is not well-formed XML: {problem}") from problem


def _refuse(name: str, *_: object) -> None:
    raise XmlRefused(f"it declares a document type ({name}), which no feed needs")


def _refuse_all_but_text(name: str, is_parameter: bool, value: str | None, *_: object) -> None:
    if is_parameter or value is None or len(value) > LONGEST_ENTITY or "&" in value or "<" in value:
        raise XmlRefused(f"it declares an entity ({name}) that is no short text")

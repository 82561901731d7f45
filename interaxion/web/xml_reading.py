"""Foreign XML, parsed safely: a document that declares a DTD, and with it entities (XXE), is refused.

https://owasp.org/www-community/vulnerabilities/XML_External_Entity_(XXE)_Processing
"""

# Entities need a DTD, and expat calls our handler before it reads one.
from xml.etree.ElementTree import Element, fromstring  # nosec B405
from xml.parsers import expat  # nosec B407

__all__ = ["Element", "XmlRefused", "read_xml"]


class XmlRefused(ValueError):
    """The XML is not well-formed (the message says where) or declares a DTD."""


def read_xml(data: bytes) -> Element:
    """Parse a document and return its root. Raises XmlRefused."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)
        return fromstring(data)  # nosec B314 # noqa: S314 (it has no DTD)
    except (expat.ExpatError, LookupError, ValueError) as problem:
        if isinstance(problem, XmlRefused):
            raise
        raise XmlRefused(f"it is not well-formed XML: {problem}") from problem


def _refuse(name: str, *_: object) -> None:
    raise XmlRefused(f"it declares a document type ({name}), which no feed needs")

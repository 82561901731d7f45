"""Foreign XML, parsed safely: a document that declares a DTD, and with it entities (XXE), is refused.

Drawing programs write a DTD into each figure, so a figure may have one, but only entities that are short plain text.

https://owasp.org/www-community/vulnerabilities/XML_External_Entity_(XXE)_Processing
"""

# Entities need a DTD, and expat calls our handler before it reads one.
from xml.etree.ElementTree import Element, fromstring  # nosec B405
from xml.parsers import expat  # nosec B407
from xml.parsers.expat import errors  # nosec B407

from interaxion.text.source_errors import Reasoned, gettext_noop

__all__ = ["Element", "XmlRefused", "read_xml"]


class XmlRefused(Reasoned, ValueError):
    """The XML is not well-formed (the message says where) or declares a DTD."""


#: The reasons of expat that people meet, in our words.
_REASONS = {
    errors.codes[code]: reason
    for code, reason in (
        (errors.XML_ERROR_NO_ELEMENTS, gettext_noop("there is no element")),
        (errors.XML_ERROR_INVALID_TOKEN, gettext_noop("a character that XML does not allow here")),
        (errors.XML_ERROR_UNCLOSED_TOKEN, gettext_noop("what begins here does not end")),
        (errors.XML_ERROR_TAG_MISMATCH, gettext_noop("this tag closes another one than the last that was opened")),
        (errors.XML_ERROR_UNDEFINED_ENTITY, gettext_noop("an entity that XML does not know")),
        (errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT, gettext_noop("there is something behind the end of the document")),
        (errors.XML_ERROR_UNKNOWN_ENCODING, gettext_noop("an unknown encoding")),
    )
}
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
        message = gettext_noop("it is not well-formed XML: %(problem)s")
        raise XmlRefused(message, problem=_reason_of(problem)) from problem


def _reason_of(problem: Exception) -> object:
    if not isinstance(problem, expat.ExpatError):
        return problem
    where = {"line": problem.lineno, "column": problem.offset + 1}
    reason = Reasoned(_REASONS.get(problem.code, expat.ErrorString(problem.code).replace("%", "%%")))
    return Reasoned(gettext_noop("line %(line)s, column %(column)s: %(reason)s"), reason=reason, **where)


def _refuse(name: str, *_: object) -> None:
    raise XmlRefused(gettext_noop("it declares a document type (%(name)s), which no feed needs"), name=name)


def _refuse_all_but_text(name: str, is_parameter: bool, value: str | None, *_: object) -> None:
    if is_parameter or value is None or len(value) > LONGEST_ENTITY or "&" in value or "<" in value:
        raise XmlRefused(gettext_noop("it declares an entity (%(name)s) that is no short text"), name=name)

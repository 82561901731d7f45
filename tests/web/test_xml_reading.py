import pytest

from interaxion.web.xml_reading import XmlRefused, read_xml

BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>"""
OUTSIDE = b"""<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>"""


def test_xml_is_read_with_its_namespaces():
    root = read_xml('<a xmlns:p="urn:p"><p:b>膜</p:b></a>'.encode())

    assert root.findtext("{urn:p}b") == "膜"


@pytest.mark.parametrize("document", [BOMB, OUTSIDE, b"<!DOCTYPE rss><rss/>", b'<!DOCTYPE a SYSTEM "x.dtd"><a/>'])
def test_a_document_type_is_refused(document):
    with pytest.raises(XmlRefused, match="declares a document type"):
        read_xml(document)


@pytest.mark.parametrize(
    "document",
    [b"", b"<p>", b"<html><br></html>", b"<a>&nbsp;</a>", b"\xff\xfe<", b'<?xml version="1.0" encoding="x"?><a/>'],
)
def test_what_is_not_well_formed_is_refused_with_its_place(document):
    with pytest.raises(XmlRefused, match="not well-formed"):
        read_xml(document)


def test_a_figure_may_have_a_document_type_with_short_entities():
    start = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"'

    assert read_xml(f"{start}><a/>".encode(), may_have_doctype=True).tag == "a"
    assert read_xml(f'{start}[<!ENTITY n "urn:p">]><a x="&n;"/>'.encode(), may_have_doctype=True).get("x") == "urn:p"


@pytest.mark.parametrize(
    "document",
    [BOMB, OUTSIDE, b"<!DOCTYPE a [<!ENTITY x '" + b"a" * 201 + b"'>]><a>&x;</a>",
     b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://a.example/x">%x;]><a/>',
     b"<!DOCTYPE a [<!ENTITY x '<b/>'>]><a>&x;</a>"],
)  # fmt: skip
def test_entities_of_a_figure_are_short_text_only(document):
    with pytest.raises(XmlRefused, match="no short text"):
        read_xml(document, may_have_doctype=True)

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.web.feed_xml import UNSPELLABLE, Element, group, spell, tag, write, write_around


def test_tag_writes_text_and_attributes_escaped():
    root = Element("rss")

    tag(root, "media:title", ' "a" < b & c ', kind='<"&')

    written = write(root).decode()
    assert '<media:title kind="&lt;&quot;&amp;">"a" &lt; b &amp; c</media:title>' in written


def test_tag_that_says_nothing_is_left_out():
    root = Element("rss")

    tag(root, "copyright", "  ")
    tag(root, "enclosure", url="", length="")
    tag(root, "image", href="a", alt="")

    assert write(root).endswith(b'<rss><image href="a" /></rss>')


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_characters_that_xml_cannot_spell_are_refused(character):
    root = Element("rss")

    with pytest.raises(ValueError, match="<title> would hold U\\+"):
        tag(root, "title", f"a{character}b")
    with pytest.raises(ValueError, match="<title> would hold U\\+"):
        group(root, "title", href=character)


# A parser reads every "\r" as a line end.
@given(st.text(alphabet=st.characters(exclude_characters="\r")))
def test_every_text_is_either_refused_or_read_back(text):
    root = Element("rss")
    if UNSPELLABLE.search(text.strip()):
        with pytest.raises(ValueError):
            tag(root, "title", text, kind="x")
        return

    tag(root, "title", text, kind="x")

    assert (ElementTree.fromstring(write(root)).findtext("title") or "") == text.strip()


@pytest.mark.parametrize("name", ["feed", "channel"])
def test_document_is_written_around_items_that_are_spelled_already(name):
    root = Element("feed")
    parent = root if name == "feed" else group(root, name)
    tag(parent, "title", "</feed></channel>")
    item = Element("item")
    tag(item, "title", "光 & 波")

    document = ElementTree.fromstring(write_around(root, [spell(item), spell(item)], parent=parent))

    holder = document if name == "feed" else document[0]
    assert [each.tag for each in holder] == ["title", "item", "item"]
    assert holder[1].findtext("title") == "光 & 波"

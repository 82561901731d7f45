"""Portraits drawn from a name."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from episodes.people.avatars import SIDE, draw_avatar


def test_same_name_gives_the_same_drawing():
    assert draw_avatar("相馬つむぎ") == draw_avatar("相馬つむぎ")


def test_names_are_told_apart():
    names = ["相馬つむぎ", "久世なぎ", "戸川レン", "羽鳥こはる", "門田いおり", "oka", "a", "b"]

    assert len({draw_avatar(name) for name in names}) == len(names)


@given(st.text())
def test_drawing_is_plain_svg_within_its_frame(name):
    svg = ElementTree.fromstring(draw_avatar(name))

    assert not any("style" in element.attrib or element.tag == "style" for element in svg.iter())
    for particle in svg.iter("circle"):
        assert 0 <= float(particle.get("cx")) <= SIDE
        assert 0 <= float(particle.get("cy")) <= SIDE


def test_nothing_of_the_name_is_in_the_drawing():
    assert "script" not in draw_avatar("<script>alert(1)</script>")

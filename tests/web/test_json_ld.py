import json

import pytest

from interaxion.web.json_ld import data_block, spell_duration, without_empty


def test_block_cannot_be_ended_from_inside():
    name = "</script><script>alert(1)</script><!-- & \u2028"

    block = data_block({"@type": "Thing", "name": name})

    inside = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in inside
    assert json.loads(inside)["@graph"] == [{"@type": "Thing", "name": name}]


def test_what_says_nothing_is_left_out():
    data = {"a": "", "b": None, "c": [], "d": {"e": ""}, "f": 0, "g": False, "h": ["", {"i": 1}]}

    assert without_empty(data) == {"f": 0, "g": False, "h": [{"i": 1}]}


@pytest.mark.parametrize(
    ("seconds", "spelled"),
    [(None, ""), (0, ""), (59, "PT59S"), (60, "PT1M"), (3723, "PT1H2M3S"), (3600, "PT1H")],
)
def test_duration_is_that_of_iso_8601(seconds, spelled):
    assert spell_duration(seconds) == spelled

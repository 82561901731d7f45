from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.text.merging import EMPTY, is_same, merge

KEYS = st.lists(st.sampled_from("abcdef"), unique=True, max_size=6)
WORDS = st.sampled_from(["", "一", "二"])


def snap(title="題", tags=(), **sections):
    rows = [{"key": key, "position": place, **_row(value)} for place, (key, value) in enumerate(sections.items())]
    return {"fields": {"title": title}, "tags": list(tags), "rows": {"sections": rows}}


def _row(value):
    return {"heading": "見出し", "body": value, "starts_at": None} if isinstance(value, str) else value


@st.composite
def snapshots(draw):
    return snap(draw(WORDS), draw(st.sets(WORDS)), **{key: draw(WORDS) for key in draw(KEYS)})


def bodies(merged):
    return {row["key"]: row["body"] for row in merged.snapshot["rows"]["sections"]}


def test_changes_of_different_sections_are_put_together():
    base = snap(a="一", b="二")

    merged = merge(base, snap(a="わたし", b="二"), snap(title="別の題", a="一", b="あなた", c="足した"))

    assert bodies(merged) == {"a": "わたし", "b": "あなた", "c": "足した"}
    assert merged.snapshot["fields"]["title"] == "別の題"
    assert merged.conflicts == []
    assert merged.from_theirs == ["title", "sections.b.body", "sections.c"]


def test_time_and_text_of_one_section_are_different_fields():
    stamped = {"heading": "見出し", "body": "一", "starts_at": 90}

    merged = merge(snap(a="一"), snap(a=stamped), snap(a="書き足した"))

    assert merged.conflicts == []
    assert merged.snapshot["rows"]["sections"] == [{**stamped, "body": "書き足した", "key": "a", "position": 0}]


def test_one_field_changed_by_both_is_a_conflict_and_mine_stands_by_default():
    base, mine, theirs = snap(a="一"), snap(a="わたし"), snap(a="あなた")

    merged = merge(base, mine, theirs)
    followed = merge(base, mine, theirs, {"sections.a.body"})

    assert [(c.name, c.mine, c.theirs) for c in merged.conflicts] == [("sections.a.body", "わたし", "あなた")]
    assert (bodies(merged), bodies(followed)) == ({"a": "わたし"}, {"a": "あなた"})


def test_same_change_by_both_is_no_conflict():
    merged = merge(snap(a="一"), snap("別", a="二"), snap("別", a="二"))

    assert (merged.conflicts, merged.from_theirs, bodies(merged)) == ([], [], {"a": "二"})


def test_section_removed_by_one_goes_if_the_other_left_it_alone():
    assert bodies(merge(snap(a="一", b="二"), snap(b="二"), snap(a="一", b="三"))) == {"b": "三"}
    assert bodies(merge(snap(a="一", b="二"), snap(a="一", b="三"), snap(b="二"))) == {"b": "三"}


def test_section_removed_by_one_and_changed_by_the_other_is_a_conflict_that_keeps_the_text():
    base, removed, changed = snap(a="一"), snap(), snap(a="二")

    merged = merge(base, changed, removed)
    mine_removed = merge(base, removed, changed)

    assert [c.name for c in merged.conflicts] == ["sections.a"] and bodies(merged) == {"a": "二"}
    assert [c.name for c in mine_removed.conflicts] == ["sections.a"]
    assert bodies(merge(base, removed, changed, {"sections.a"})) == {"a": "二"}


def test_order_of_the_one_who_changed_it_is_taken():
    base = snap(a="一", b="二", c="三")

    mine = merge(base, snap(c="三", a="一", b="二"), snap(a="一", n="新", b="二", c="三"))
    theirs = merge(base, snap(a="一", b="二", c="三", m="新"), snap(c="三", a="一", b="二"))

    assert list(bodies(mine)) == ["c", "a", "n", "b"]
    assert list(bodies(theirs)) == ["c", "m", "a", "b"]
    assert theirs.from_theirs == ["sections.order"]


def test_two_new_orders_are_a_conflict():
    base = snap(a="一", b="二", c="三")

    merged = merge(base, snap(c="三", a="一", b="二"), snap(b="二", a="一", c="三"))

    assert [c.name for c in merged.conflicts] == ["sections.order"]


def test_tags_of_both_are_added_and_removed():
    merged = merge(snap(tags=["光", "格子"]), snap(tags=["光", "音"]), snap(tags=["光", "格子", "熱"]))

    assert merged.snapshot["tags"] == ["光", "熱", "音"]


def test_without_a_base_every_difference_is_a_conflict():
    merged = merge(EMPTY, snap("わたし", a="一"), snap("あなた", b="二"))

    assert [c.name for c in merged.conflicts] == ["title"]
    assert bodies(merged) == {"a": "一", "b": "二"}, "and nothing is lost"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a\r\nb", "a\nb", True),
        ("", None, True),
        ("2026-11-20T12:00:00.123456+00:00", "2026-11-20T12:00:00+00:00", True),
        (0, None, False),
        (False, None, False),
        ("a ", "a", False),
    ],
)
def test_what_a_form_cannot_tell_apart_is_the_same(one, other, same):
    assert is_same(one, other) is same


@given(snapshots(), snapshots())
def test_change_of_one_side_alone_is_taken(base, changed):
    for mine, theirs in permutations([base, changed], 2):
        merged = merge(base, mine, theirs)

        assert merged.conflicts == []
        assert bodies(merged) == {row["key"]: row["body"] for row in changed["rows"]["sections"]}
        assert list(bodies(merged)) == [row["key"] for row in changed["rows"]["sections"]]
        assert merged.snapshot["tags"] == sorted(changed["tags"])


@given(snapshots(), snapshots(), snapshots())
def test_no_text_is_lost_without_a_conflict(base, mine, theirs):
    merged = merge(base, mine, theirs)

    known = {row["key"]: row["body"] for row in base["rows"]["sections"]}
    asked = {conflict.row for conflict in merged.conflicts}
    for side in (mine, theirs):
        for row in side["rows"]["sections"]:
            if row["body"] and row["body"] != known.get(row["key"]) and row["key"] not in asked:
                assert bodies(merged)[row["key"]] == row["body"]


def test_one_instant_in_two_time_zones_is_the_same():
    assert is_same("2026-03-26T22:00:00+00:00", "2026-03-27T07:00:00.120000+09:00")
    assert not is_same("2026-03-26T22:00:00+00:00", "2026-03-26T22:00:00+09:00")
    assert not is_same("2026-03-26T22:00:00+00:00 に公開", "2026-03-27T07:00:00+09:00 に公開")

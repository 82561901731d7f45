import pytest
from hypothesis import given
from hypothesis import strategies as st

from episodes.notes.matching import match
from episodes.notes.notes import NoteSection


def section(heading: str, body: str = "", starts_at: int | None = None) -> NoteSection:
    return NoteSection(3, starts_at, heading, body)


OLD = [
    section("光る茸", "- [図鑑](https://example.org/a)\n- [論文](https://example.org/b)", 0),
    section("深海の音", "- [録音](https://example.org/c)", 300),
    section("お知らせ", "- おたより募集中"),
]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (OLD, [0, 1, 2]),
        (OLD[::-1], [2, 1, 0]),
        ([OLD[0], section("新しい話"), *OLD[1:]], [0, None, 1, 2]),
        ([OLD[1], OLD[2]], [1, 2]),
        ([section("光る茸", "書き直した"), *OLD[1:]], [0, 1, 2]),
        ([section("茸が光る仕組み", OLD[0].body), *OLD[1:]], [0, 1, 2]),
        ([section("深海の音声", "- 別のもの", 310), OLD[2]], [1, 2]),
        ([section("まったく別の題", "- ほか", 300)], [1]),
        ([], []),
    ],
    ids=["same", "moved", "added", "removed", "new body", "new heading", "similar", "same time", "none"],
)
def test_recognisable_section_is_matched(new, expected):
    assert match(OLD, new) == expected


def test_sections_of_equal_heading_are_matched_by_body_and_then_by_order():
    old = [section("おたより", "一通目"), section("おたより", "二通目"), section("おたより", "三通目")]
    new = [section("おたより", "二通目"), section("おたより", "四通目")]

    assert match(old, new) == [1, 2]


@given(*[st.lists(st.builds(section, *[st.sampled_from("abc ")] * 2, st.none() | st.integers(0, 2)), max_size=6)] * 2)
def test_each_old_section_is_taken_at_most_once(old, new):
    found = match(old, new)

    taken = [index for index in found if index is not None]
    assert len(found) == len(new)
    assert len(taken) == len(set(taken))
    assert set(taken) <= set(range(len(old)))


@given(st.permutations([section(letter * 5, letter * 9) for letter in "abcdef"]))
def test_moved_sections_keep_their_identity(new):
    old = sorted(new, key=lambda item: item.heading)

    assert [old[index] for index in match(old, new) if index is not None] == new

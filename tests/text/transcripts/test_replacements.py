"""Words that programs mishear are replaced once each, and what is right stays."""

import pytest

from interaxion.text.transcripts.replacements import Replacer, parse_replacement


@pytest.mark.parametrize(
    ("line", "pair"),
    [
        ("漁師 → 量子", ("漁師", "量子")),
        (" 漁師->量子 ", ("漁師", "量子")),
        ("a b => A B", ("a b", "A B")),
        ("漁師", None),
        ("→ 量子", None),
        ("量子 → 量子", None),
        ("a → b → c", None),
        (f"{'a' * 101} → b", None),
    ],
)
def test_line_of_the_table_is_a_pair_or_nothing(line, pair):
    assert parse_replacement(line) == pair


@pytest.mark.parametrize(
    ("table", "text", "replaced"),
    [
        ([("漁師", "量子")], "漁師の漁師", "量子の量子"),
        ([("光子", "光子計")], "光子と光子計", "光子計と光子計"),
        ([("a", "b"), ("b", "a")], "a b", "b a"),
        ([("漁師", "量子"), ("漁師力学", "量子力学")], "漁師力学", "量子力学"),
        ([("cat", "CAT")], "cat concat catの cat2", "CAT concat CATの cat2"),
        ([(".*", "x")], "a.*", "ax"),
        ([], "そのまま", "そのまま"),
    ],
)
def test_words_are_replaced_in_one_pass(table, text, replaced):
    assert Replacer(table).replace(text) == replaced

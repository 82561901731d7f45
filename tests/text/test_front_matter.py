import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.text.characters import FORBIDDEN, drop_control_characters
from interaxion.text.front_matter.parsing import (
    MAX_BYTES,
    MAX_FRONT_MATTER_BYTES,
    SourceError,
    parse_data,
    parse_document,
    write_front_matter,
)

DOCUMENT = """\
---
# 基本情報
title: "57: 茸の光"
published: no
starts: 14:10
empty:
tags:
  - 菌類
  - 1.0
authors:
  - name: 蛍
---

本文
"""


def test_front_matter_is_read_as_strings_only():
    document = parse_document("a.md", DOCUMENT.encode())

    assert document.meta == {
        "title": "57: 茸の光",
        "published": "no",
        "starts": "14:10",
        "empty": "",
        "tags": ["菌類", "1.0"],
        "authors": [{"name": "蛍"}],
    }
    assert document.key_lines == {
        "title": 3, "published": 4, "starts": 5, "empty": 6, "tags": 7, "authors": 10
    }  # fmt: skip
    assert document.body == "\n本文\n"
    assert document.body_line == 13
    assert document.raw_front_matter.startswith("# 基本情報\n")
    assert document.text == DOCUMENT


def test_byte_order_mark_is_removed_and_line_ends_are_kept():
    data = b"\xef\xbb\xbf" + DOCUMENT.replace("\n", "\r\n").encode()

    document = parse_document("a.md", data)

    assert document.text == DOCUMENT.replace("\n", "\r\n")
    assert document.body == "\r\n本文\r\n"
    assert (document.body_line, document.key_lines["starts"]) == (13, 5)


@pytest.mark.parametrize("text", ["# 題\n\n---\n\n本文\n", "----\n本文\n---\n", " ---\na: b\n---\n"])
def test_text_without_front_matter_is_all_body(text):
    document = parse_document("a.md", text.encode())

    assert (document.has_front_matter, document.meta, document.body, document.body_line) == (
        False,
        {},
        text,
        1,
    )


def test_empty_front_matter_is_front_matter():
    document = parse_document("a.md", b"---\n---\nbody")

    assert (document.has_front_matter, document.meta, document.body, document.body_line) == (
        True,
        {},
        "body",
        3,
    )


@pytest.mark.parametrize(
    ("data", "line", "problem"),
    [
        (b"", 1, "empty"),
        (b" \n\t\n", 1, "empty"),
        (b"a\n\xff\xfeb", 2, "not UTF-8 (byte 0xFF)"),
        ("あ".encode("shift_jis"), 1, "not UTF-8"),
        (b"a" * (MAX_BYTES + 1), 1, "larger than 2000 kB"),
        (b"---\na: " + b"x" * MAX_FRONT_MATTER_BYTES + b"\n---\n", 1, "larger than 64 kB"),
        (b"---\ntitle: a\n\nbody", 1, "not closed"),
        (b"---\n- a\n---\n", 2, "keys and values"),
        (b"---\na: b\nc: d: e\n---\n", 3, "cannot be read"),
        (b"---\na: b\nc: 'd\ne: f\n---\n", 3, "cannot be read"),
        (b"---\na: b\n\tc: d\n---\n", 3, "cannot be read"),
        (b"---\nx: 1\na: &a [1]\n---\n", 3, "anchors"),
        (b"---\nx: 1\na: *b\n---\n", 3, "aliases"),
        (b"---\n? [a]\n: b\n---\n", 2, "cannot be a key"),
        (b"---\na: " + b"[" * 10_000 + b"\n---\n", 2, "nested too deeply"),
        (b"---\n\ta: 1\n---\n", 2, "cannot start any token"),
        (b"---\na:\n\tb: 1\n---\n", 3, "cannot start any token"),
        (b"\0\n\b", 1, "the file is empty"),
    ],
)
def test_bad_file_is_refused_with_line_and_cure(data, line, problem):
    with pytest.raises(SourceError) as caught:
        parse_document("posts/a.md", data)

    assert str(caught.value).startswith(f"posts/a.md:{line}: ")
    assert problem in str(caught.value)
    assert caught.value.cure


@pytest.mark.parametrize(
    ("front_matter", "meta", "line", "note"),
    [
        ("a: 1\nb: 2\na: 3\n", {"a": "3", "b": "2"}, 4, "the key a is there twice: the last one counts"),
        ("a:\n  b: 1\n  b: 2\n", {"a": {"b": "2"}}, 4, "the key b is there twice: the last one counts"),
        ("a: x\t\nb: y\n", {"a": "x", "b": "y"}, 2, "a tab is read as a space"),
        ('a: "x"\t\nb: y\n', {"a": "x", "b": "y"}, 2, "a tab is read as a space"),
        ("b: y\na:\tx\ty\t# z\n", {"a": "x\ty", "b": "y"}, 3, "a tab is read as a space"),
        ("a: [x,\ty]\t\n", {"a": ["x", "y"]}, 2, "a tab is read as a space"),
        ('a: "x\\x0by"\n', {"a": "x y"}, 2, "U+000B"),
        ('a: ["x\\uD800"]\n', {"a": ["x"]}, 2, "U+D800"),
        ("b: y\na: \u0080x\n", {"a": "x", "b": "y"}, 3, "U+0080"),
        ("a: x\u202e\n", {"a": "x"}, 2, "U+202E"),
    ],
)
def test_front_matter_that_jekyll_reads_is_read_with_a_note(front_matter, meta, line, note):
    document = parse_document("a.md", f"---\n{front_matter}---\n本文\n".encode())

    assert (document.meta, document.body) == (meta, "本文\n")
    (told,) = document.notes
    assert (told.line, note in str(told)) == (line, True)


@pytest.mark.parametrize("character", "\0\b\x1b\x7f\u202e\u2066\ufffe")
def test_control_character_is_left_out_with_its_line(character):
    document = parse_document("a.md", f"あ\nい{character}う{character}\n".encode())

    assert document.text == "あ\nいう\n"
    assert [(note.line, str(note)) for note in document.notes] == [
        (2, f"there is an invisible control character (U+{ord(character):04X}): it is left out")
    ]


@pytest.mark.parametrize("character", "\x0b\x0c")
def test_line_end_of_a_word_processor_becomes_a_space(character):
    document = parse_document("a.md", f"one{character}two".encode())

    assert (document.text, len(document.notes)) == ("one two", 1)


def test_error_can_be_translated_and_filled_in():
    error = SourceError("a.md", 3, "the key %(key)s is there twice", "keep one of them", key="tags")

    assert str(error) == "a.md:3: the key tags is there twice; keep one of them"
    assert (error.message, error.cure, error.params) == (
        "the key %(key)s is there twice",
        "keep one of them",
        {"key": "tags"},
    )


def test_data_file_is_read_by_the_same_rules():
    assert parse_data("m.yml", b"- name: \xe8\x9b\x8d\n  since: 2020-01-02\n") == [
        {"name": "蛍", "since": "2020-01-02"}
    ]
    with pytest.raises(SourceError, match=r"m\.yml:2: "):
        parse_data("m.yml", b"- a: 1\n  b: *c\n")


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"])).filter(lambda text: not FORBIDDEN.search(text))
values = st.recursive(
    st.one_of(
        texts,
        st.sampled_from(["no", "14:10", "1.0", "null", "~", "", " x ", "a: b", "- a", "#", "&a", "---"]),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(texts, values, max_size=4), st.text("ab\n-:あ", max_size=10))
def test_written_front_matter_is_read_back(meta, body):
    document = parse_document("a.md", (write_front_matter(meta) + body).encode())

    assert document.meta == meta
    assert document.body == body


@given(
    st.one_of(
        st.binary(max_size=60),
        st.text(max_size=60).map(lambda text: f"---\n{text}\n---\n".encode("utf-8", "replace")),
    )
)
def test_any_bytes_are_read_or_refused(data):
    try:
        document = parse_document("a.md", data)
    except SourceError as error:
        assert 1 <= error.line <= data.count(b"\n") + 1
    else:
        text = data.removeprefix(b"\xef\xbb\xbf").decode()
        assert document.text == drop_control_characters(text)[0]
        assert bool(FORBIDDEN.search(text)) <= bool(document.notes)
        assert document.text.endswith(document.body)
        assert document.body_line == document.text.count("\n") - document.body.count("\n") + 1

"""Dates as Jekyll (Ruby) reads them: checked against `jekyll build` 4.3.1 with `timezone: America/New_York`."""

from dataclasses import replace

import pytest

from interaxion.text.front_matter.parsing import parse_document
from interaxion.text.jekyll.dates import UnknownZone, notes_on, parse_date
from interaxion.text.jekyll.titles import read_entities, title_of_slug


def read(written: str) -> tuple[str, bool]:
    """Return the instant in UTC, and whether there is a note on it."""
    document = parse_document("_posts/2024-01-11-x.md", f"---\ndate: '{written}'\n---\nText.\n".encode())
    document = replace(document, zone="America/New_York")
    instant = parse_date(document, written)
    return f"{instant.timestamp():.0f}", bool(notes_on(document, written, instant))


@pytest.mark.parametrize(
    ("written", "same_as", "is_told"),
    [
        ("2024-01-11 22:00", "2024-01-11 22:00:00 -0500", False),
        ("2024-01-11", "2024-01-11 00:00:00 -0500", False),
        ("2024-01-11 22:00:00 PST", "2024-01-11 22:00:00 -0800", True),
        ("2024-01-11 22:00:00 +09", "2024-01-11 22:00:00 +0900", True),
        ("2024-01-11 7:05 PM", "2024-01-11 19:05:00 -0500", True),
        ("Jan 11, 2024", "2024-01-11 00:00:00 -0500", True),
        ("January 11th, 2024 at 7:05 pm", "2024-01-11 19:05:00 -0500", True),
        ("11 January 2024", "2024-01-11 00:00:00 -0500", True),
        ("1/11/2024", "2024-11-01 00:00:00 -0400", True),
        ("20240111T22:00", "2024-01-11 22:00:00 -0500", True),
        ("Thu Jan 11 22:00:00 2024", "2024-01-11 22:00:00 -0500", True),
        ("Thu Jan 11 22:00:00 UTC 2024", "2024-01-11 22:00:00 +0000", True),
        ("Thu, 11 Jan 2024 22:00:00 GMT", "2024-01-11 22:00:00 +0000", True),
        ("2024/1/11 9:05", "2024-01-11 09:05:00 -0500", False),
    ],
)
def test_date_is_read_as_jekyll_reads_it(written, same_as, is_told):
    assert read(written) == (read(same_as)[0], is_told)


def test_unknown_zone_is_no_guess():
    with pytest.raises(UnknownZone):
        read("2024-01-11 22:00 IST")


def test_entities_in_a_title_are_read_with_a_note():
    document = parse_document("x.md", "---\ntitle: '&quot;波&quot; &amp; R&#38;D'\n---\nText.\n".encode())

    read = read_entities(document)

    assert read.meta["title"] == '"波" & R&D'
    assert [str(note) for note in read.notes] == ['the title is read as "波" & R&D']
    assert read_entities(read) is read


def test_title_of_a_file_name_is_spelled_as_jekyll_spells_it():
    assert title_of_slug("hello-wORLD-波") == "Hello World 波"

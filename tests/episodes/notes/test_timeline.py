"""The geometry of the timeline."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from episodes.notes.timeline import make_timeline
from episodes.templatetags.episodes import stretches


def heading(*, starts_at: int | None, level: int = 3, text: str = "話題") -> dict:
    return {"level": level, "html": text, "text": text, "anchor": f"t-{starts_at}", "starts_at": starts_at}


def test_vertices_are_true_to_scale():
    outline = [heading(starts_at=0), heading(starts_at=50), heading(starts_at=75)]

    timeline = make_timeline(outline, 200)

    assert [mark.at for mark in timeline.marks] == [0, 25, 37.5]
    assert [mark.width for mark in timeline.marks] == [25, 12.5, 62.5]
    assert timeline.ends and timeline.is_measured and timeline.known_until == 100


def test_heading_without_time_has_no_vertex_among_timed_ones():
    timeline = make_timeline([heading(starts_at=0), heading(starts_at=None), heading(starts_at=60)], 120)

    assert [mark.starts_at for mark in timeline.marks] == [0, 60]


def test_headings_without_any_time_stand_at_even_distances():
    timeline = make_timeline([heading(starts_at=None)] * 4, None)

    assert [mark.at for mark in timeline.marks] == [0, 25, 50, 75]
    assert not timeline.is_measured and not timeline.ends


def test_unknown_end_is_as_far_off_as_sections_are_long():
    timeline = make_timeline([heading(starts_at=0), heading(starts_at=60), heading(starts_at=120)], None)

    assert timeline.seconds == 180
    assert timeline.known_until == timeline.marks[-1].at == pytest.approx(66.67)


def test_length_shorter_than_the_notes_is_not_believed():
    timeline = make_timeline([heading(starts_at=0), heading(starts_at=600)], 300)

    assert not timeline.ends
    assert timeline.seconds == 1200


def test_main_vertices_are_those_of_the_highest_level():
    timeline = make_timeline([heading(starts_at=0, level=3), heading(starts_at=10, level=4)], 20)

    assert [mark.is_main for mark in timeline.marks] == [True, False]


def test_episode_without_headings_has_a_line_without_vertices():
    timeline = make_timeline([], 90)

    assert timeline.marks == ()
    assert timeline.seconds == 90


@given(st.lists(st.none() | st.integers(0, 999 * 3600), max_size=30), st.none() | st.integers(0, 999 * 3600))
def test_every_vertex_lies_on_the_line(starts, seconds):
    timeline = make_timeline([heading(starts_at=start) for start in starts], seconds)

    assert all(0 <= mark.at <= 100 and mark.width >= 0 for mark in timeline.marks)
    assert all(mark.at + mark.width <= 100.02 for mark in timeline.marks)


def test_section_of_the_large_timeline_says_its_time_and_its_text_as_text():
    marks = make_timeline([heading(starts_at=0, text="<b>"), heading(starts_at=75, level=4)], 100).marks

    first, last = stretches(marks, "/5").split("</a>")[:2]

    assert '<a href="/5#t-0" tabindex="-1" class="stretch main">' in first
    assert "&lt;b&gt;" in first and "0:00" in first and "text-anchor" not in first
    assert 'cx="75.0%" cy="28" r="3"' in last and "1:15" in last and 'text-anchor="end"' in last

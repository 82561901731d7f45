"""What a list says an episode is about."""

from episodes.notes.telling_sections import find_telling_sections


def _heading(text: str, starts_at: int | None, level: int = 3) -> dict:
    return {"level": level, "text": text, "anchor": text, "starts_at": starts_at}


def test_telling_sections_are_the_longest_in_their_order():
    outline = [_heading("海", 0), _heading("駅", 300), _heading("山", 310), _heading("川", 700), _heading("空", 1200)]

    assert find_telling_sections(outline, 1230) == ["海", "山", "川"]


def test_telling_sections_leave_out_what_any_episode_has():
    outline = [
        _heading(text, None) for text in ("イントロ", "たなかさんの自己紹介", "潮の満ち引き", "お知らせ", "Intro")
    ]

    assert find_telling_sections(outline, None) == ["潮の満ち引き"]


def test_telling_sections_count_a_section_with_the_parts_below_it():
    outline = [_heading("海", 0), _heading("波", 10, level=4), _heading("山", 600), _heading("川", 700)]

    assert find_telling_sections(outline, 800) == ["海", "山", "川"]


def test_telling_sections_of_untimed_notes_are_the_first():
    outline = [_heading(text, None) for text in "甲乙丙丁"]

    assert find_telling_sections(outline, None) == ["甲", "乙", "丙"]


def test_telling_sections_of_no_notes_are_none():
    assert find_telling_sections([], 100) == []

"""Marks of the desk in a comparison of two texts."""

from interaxion.serving.templatetags.differences import marked_changes, marked_side
from interaxion.text.differences import Piece

PIECES = [Piece("same", "光 < 音"), Piece("removed", " 遅い"), Piece("added", " 速い\n"), Piece("skipped", "…")]


def test_pieces_of_a_difference_are_marked_with_no_white_space_between():
    html = marked_changes(PIECES)

    assert html == '光 &lt; 音<del> 遅い</del><ins> 速い\n</ins><span class="skipped">…</span>'


def test_each_of_two_texts_marks_its_own_words():
    assert marked_side(PIECES, "added") == "光 &lt; 音<mark> 速い\n</mark>"
    assert marked_side(PIECES, "removed") == "光 &lt; 音<mark> 遅い</mark>"

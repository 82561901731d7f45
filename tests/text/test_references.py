import pytest

from interaxion.text.markdown import Heading
from interaxion.text.references import references_below


def heading(text: str, level: int = 2) -> Heading:
    return Heading(level, text, text, text, None, 1)


@pytest.mark.parametrize(
    "text", ["参考文献", "References", "参考文献・リソース", "🔗 参考資料", "8. 参考文献", "REFERENCES", "## 参考文献:"]
)
def test_a_list_of_references_is_known_by_its_heading(text):
    assert references_below([heading(text)]) == {text}


@pytest.mark.parametrize(
    "text", ["", "参考にしたこと", "参考文献の読みかた", "Reference frames", "Preferences", "文献学"]
)
def test_other_headings_begin_none(text):
    assert references_below([heading(text)]) == set()


def test_headings_within_the_list_are_part_of_it():
    headings = [heading("論文", 3), heading("参考文献"), heading("書籍", 3), heading("ウェブ", 4), heading("著者")]

    assert references_below(headings) == {"参考文献", "書籍", "ウェブ"}

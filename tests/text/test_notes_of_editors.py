"""Notes of an editor: links by name, and marks that only the editor knows."""

import pytest

from interaxion.text.notes.marks import write_marks
from interaxion.text.notes.wiki_links import write_links

FILES = {"風": "/潮/風", "a b": "/a b", "tide.png": "/潮/tide (1).png"}


@pytest.mark.parametrize(
    ("written", "markdown"),
    [
        ("[[風]]と[[風|その話]]", "[風](/潮/風)と[その話](/潮/風)"),
        ("[[風#強さ]] [[風#強さ|x]] [[#強さ]]", "[風 › 強さ](/潮/風#強さ) [x](/潮/風#強さ) [強さ](#強さ)"),
        ("[[風#^block]]", "[風 › ^block](/潮/風)"),
        ("[[a b]]", "[a b](/a%20b)"),
        ("[[まだない]] [[まだない|x]]", "まだない x"),
        ("![[tide.png]] ![[tide.png|300x200]] ![[tide.png|図]]",
         "![](/潮/tide%20%281%29.png) ![](/潮/tide%20%281%29.png) ![図](/潮/tide%20%281%29.png)"),
        ("![[風]]", "[風](/潮/風)"),
        ("`[[風]]`\n```\n[[風]]\n```", "`[[風]]`\n```\n[[風]]\n```"),
        ("[[1, 2], [3, 4]] [a](b)", "[[1, 2], [3, 4]] [a](b)"),
    ],
)  # fmt: skip
def test_link_by_name_is_one_of_markdown(written, markdown):
    assert write_links(written, FILES.get) == markdown


@pytest.mark.parametrize(
    ("written", "markdown", "has_comment"),
    [
        ("==大事==な a == b", "<mark>大事</mark>な a == b", False),
        ("a %%自分用%% b\n%%\nc\n%%\n", "a  b\n\n", True),
        ("> [!note]- 題\n> 本文\n", "> **題**\n>\n> 本文\n", False),
        ("> [!tip]\n> 本文\n", "> **Tip**\n>\n> 本文\n", False),
        ("段落 ^id-1\n", "段落\n", False),
        ("`==a==` と\n```\n%%b%% ^c\n```\n", "`==a==` と\n```\n%%b%% ^c\n```\n", False),
    ],
)
def test_marks_of_the_editor_are_written_as_markdown(written, markdown, has_comment):
    assert write_marks(written) == (markdown, has_comment)

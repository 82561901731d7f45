"""Texts of WordPress: paragraphs by blank lines, shortcodes."""

import pytest

from interaxion.text.wordpress import read_content


def picture(number: str) -> str | None:
    return {"7": "/wp-content/uploads/a.png"}.get(number)


@pytest.mark.parametrize(
    ("content", "markdown"),
    [
        ("一つ目。\r\n続き。\r\n\r\n二つ目。", "一つ目。  \n続き。\n\n二つ目。\n"),
        ("<p>a</p>\n<h2>b</h2>\nc", "a\n\n## b\n\nc\n"),
        ("<!-- wp:paragraph --><p>a\nb</p><!-- /wp:paragraph -->\n\nc\n\nd", "a\nb\n\nc\n\nd\n"),
        ('<!-- wp:spacer {"height":"10px"} /-->\nx\n\ny', "x\n\ny\n"),
        ("<pre>a\n\nb</pre>", "```\na\n\nb\n```\n"),
        ("[embed width=1]https://youtu.be/abcdefghijk[/embed]", "https://youtu.be/abcdefghijk\n"),
        ("https://youtu.be/abcdefghijk\n\na", "https://youtu.be/abcdefghijk\n\na\n"),
        ("[youtube https://www.youtube.com/watch?v=abcdefghijk]", "https://www.youtube.com/watch?v=abcdefghijk\n"),
        ('[audio mp3="/a.mp3"][/audio]', '<audio src="/a.mp3"></audio>\n'),
        ('[gallery ids="7,8" columns="2"]', "![](/wp-content/uploads/a.png)\n"),
        ('[code lang="py"]a &lt; b\n\nc[/code]', "```py\na < b\n\nc\n```\n"),
        ("前[powerpress]後 [1] [sic] [[gallery]]", "前後 [1] [sic] [gallery]\n"),
        ('[caption id="a" align="left"]<a href="/b"><img src="/a.png" alt="c" /></a> 図[/caption]',
         '<figure><a href="/b"><img src="/a.png" alt="c"></a><figcaption>図</figcaption></figure>\n'),
        ("<table><tr><th>a</th></tr><tr><td>b</td></tr></table>", "| a |\n| --- |\n| b |\n"),
        ("", ""),
    ],
)  # fmt: skip
def test_content_is_written_as_markdown(content, markdown):
    assert read_content(content, picture) == (markdown, ())


def test_shortcodes_of_plugins_are_left_out_once_told_and_their_text_stays():
    markdown, notes = read_content('[box color="red"]中[/box] [box color="blue"]外[/box] [form id="1"]', picture)

    assert markdown == "中 外\n"
    assert [str(note) for note in notes] == [
        "the shortcode box is left out; text between its tags stays",
        "the shortcode form is left out; text between its tags stays",
    ]

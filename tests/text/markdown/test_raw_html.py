import pytest

from interaxion.text.markdown import render, render_inline
from interaxion.text.markdown.rendered import LINKED_PLAYER

TWEET = (
    '<blockquote class="twitter-tweet tw-align-center"><p lang="ja" dir="ltr">氷が沈んだ。<br>'
    '<a href="https://t.co/abc">https://t.co/abc</a></p>&mdash; 氷の人 (@ice) '
    '<a href="https://twitter.com/ice/status/12?ref_src=twsrc%5Etfw">December 2, 2025</a>\n'
    '</blockquote> <script async src="https://platform.twitter.com/widgets.js" charset="utf-8"></script>'
)


def html(source, kind="notes"):
    return render(source, kind).html.replace("\n", "").strip()


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("<div>\n<figcaption>図の説明</figcaption>\n</div>", '<div>\n<div class="caption">図の説明</div>\n</div>'),
        ("<figure><figcaption>説明</figcaption></figure>", "<figure><figcaption>説明</figcaption></figure>"),
        (
            "<figure><div><figcaption>説明</figcaption></div></figure>",
            '<figure><div><div class="caption">説明</div></div></figure>',
        ),
    ],
)
def test_caption_outside_of_a_figure_is_a_plain_block(source, html):
    assert render(source).html.strip() == html


def test_tweet_becomes_a_static_quotation():
    rendered = render("a\n\n" + TWEET)

    assert rendered.html.strip().endswith(
        '<blockquote class="quotation" cite="https://twitter.com/ice/status/12"><p lang="ja" dir="ltr">'
        '氷が沈んだ。<br><a href="https://t.co/abc" rel="noopener">https://t.co/abc</a></p>'
        '<footer>— 氷の人 (@ice) <a href="https://twitter.com/ice/status/12" rel="noopener">'
        "December 2, 2025</a></footer></blockquote>"
    )
    assert [(link.url, link.line) for link in rendered.outline.links] == [
        ("https://t.co/abc", 3),
        ("https://twitter.com/ice/status/12", 3),
    ]
    assert "氷の人 (@ice) December 2, 2025" in rendered.text


def test_tweet_in_an_item_with_a_list_after_it():
    result = html("- ice\n\n  " + TWEET.replace("\n", "") + "\n- water")

    assert result.count("<li>") == 2
    assert result.count('class="quotation"') == 1


def test_list_directly_after_a_tweet_is_a_list():
    assert html(TWEET + "\n- [ice](/ice)").endswith('<ul><li><a href="/ice" rel="noopener">ice</a></li></ul>')


@pytest.mark.parametrize("after", ["- ice", "1. ice", "## ice", "text **ice**"])
def test_markdown_goes_on_where_a_block_of_html_is_closed(after):
    block = '<div style="text-align: center;">\n<b>x</b>\n</div>'

    assert html(f"{block}\n{after}") == html(f"{block}\n\n{after}")


def test_block_of_html_with_a_tag_over_two_lines_is_one_block():
    assert html('<div lang="ja"\n  dir="ltr">\n*x*\n</div>') == '<div lang="ja" dir="ltr">*x*</div>'


def test_summary_and_details_hold_markdown():
    source = "<details>\n<summary markdown='span'>**ヒント** `x`</summary>\n- ice\n- water\n</details>\nafter"

    assert html(source) == (
        "<details><summary><strong>ヒント</strong> <code>x</code></summary>"
        "<ul><li>ice</li><li>water</li></ul></details><p>after</p>"
    )


def test_details_on_one_line():
    assert html("<details><summary>*a*</summary>b</details>") == ("<details><summary><em>a</em></summary>b</details>")


def test_lines_are_counted_through_html_blocks():
    source = '<details>\n<summary>[a](/a)</summary>\n\n[b](/b)\n\n</details>\n<p>\n<a href="/c">c</a>\n</p>'

    assert [(link.url, link.line) for link in render(source).outline.links] == [
        ("/a", 2),
        ("/b", 4),
        ("/c", 8),
    ]


def test_empty_pairs_render_as_nothing():
    assert html('**<font color="Blue"></font>**\n\ntext') == "<p>text</p>"


def test_colour_becomes_a_class():
    assert render_inline('<font color="Blue">氷</font>') == '<span class="colour-blue">氷</span>'
    assert render_inline('<font color="#123456">氷</font>') == "<span>氷</span>"


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("km<sup>2</sup>と H<sub>2</sub>O", "km<sup>2</sup>と H<sub>2</sub>O"),
        ("<i>g</i>–2", "<i>g</i>–2"),
        ("<ruby>氷<rt>こおり</rt></ruby>", "<ruby>氷<rt>こおり</rt></ruby>"),
        ("<strike>a</strike> <tt>b</tt>", "<s>a</s> <code>b</code>"),
        ("a<br>b<br/>c", "a<br>b<br>c"),
        ("<custom>a</custom>", "a"),
        ("a <!-- note --> b", "a  b"),
        ('<a href="//example.org/x">a</a>', '<a href="https://example.org/x" rel="noopener">a</a>'),
        ('<a href="/x"></a>', '<a href="/x" rel="noopener">/x</a>'),
        ('<a name="x">a</a>', "a"),
        ('<i class="fas fa-podcast"></i> a', " a"),
        ('<span id="x" class="time" style="color:red" onclick="x()">a</span>', "<span>a</span>"),
        ("1 < 2 > 0 & 3", "1 &lt; 2 &gt; 0 &amp; 3"),
    ],
)
def test_inline_html_is_rewritten(source, result):
    assert render_inline(source) == result


def test_tag_left_open_ends_with_its_paragraph():
    assert html('km<sup>2<sup> and <a href="/x">a\n\nnext') == (
        '<p>km<sup>2<sup> and <a href="/x" rel="noopener">a</a></sup></sup></p><p>next</p>'
    )


def test_content_of_a_script_within_a_line_is_dropped_with_it():
    assert render_inline("a <script>alert(1)</script> b") == "a  b"


def test_raw_link_is_in_the_outline_with_its_text():
    (link,) = render('a <a href="/x">**b** c</a> d').outline.links

    assert (link.url, link.text) == ("/x", "b c")


def test_recording_of_this_site_gets_a_player_and_any_other_a_link():
    assert html('<audio src="/a.mp3" autoplay></audio>') == (
        '<p><audio src="/a.mp3" controls="" preload="none"></audio></p>'
    )
    assert html('<video src="https://example.org/a.mp4"></video>') == (
        '<p><a class="remote-player" href="https://example.org/a.mp4" rel="noopener">a.mp4 (example.org)</a></p>'
    )


def test_player_of_another_site_is_named_by_its_host():
    rendered = render('<iframe src="https://w.sound.example/player/?url=https%3A//api.example/1"></iframe>', "post")

    assert '<p class="remote-player"><a href="https://w.sound.example/player/' in rendered.html
    assert rendered.text == "sound.example"
    assert [problem.message_id for problem in rendered.warnings] == [LINKED_PLAYER]


def test_table_alignment_becomes_a_class():
    assert '<th class="align-right">a</th>' in render("| a |\n|--:|\n| b |").html


def test_recording_named_by_a_source_inside_is_not_lost():
    block = '<audio controls>\n  <source src="/a.mp3" type="audio/mpeg">\n  <source src="/a.m4a">\n</audio>'

    assert '<audio src="/a.mp3" controls="" preload="none"></audio>' in html(block)
    assert "/a.m4a" not in html(block)
    assert 'href="https://example.org/a.webm" rel="noopener">a.webm (example.org)</a>' in html(
        '<video width="3"><source src="https://example.org/a.webm"></video>'
    )
    assert "<audio" not in html('<picture><source src="/a.webp"><img src="/a.png" alt="b"></picture>')


@pytest.mark.parametrize("scheme", ["", "http:", "https:"])
def test_frame_of_an_old_page_is_still_its_player(scheme):
    assert 'data-provider="youtube"' in html(f'<iframe src="{scheme}//www.youtube.com/embed/abcdefghi-_"></iframe>')


def test_frame_and_picture_without_scheme_become_links():
    assert '<a href="https://example.org/x" ' in html('<iframe src="//example.org/x"></iframe>')
    assert 'href="https://example.org/x.png"' in html('<img src="//example.org/x.png" alt="x">')


INDENTED_TABLE = """\
<div class="wide">
  <table>
    <tr>
      <td>
        Water
      </td>

      <td>
        **Ice**

        and snow
      </td>
    </tr>
  </table>
</div>

After **that**
"""


def test_indented_tags_below_a_blank_line_go_on_with_their_block():
    rendered = render(INDENTED_TABLE, "post")

    assert (rendered.html.count("<td>"), rendered.html.count("<pre")) == (2, 0)
    assert "and snow\n      </td>" in rendered.html
    assert "<p>After <strong>that</strong></p>" in rendered.html


def test_code_within_details_stays_code():
    source = "<details>\n<summary>Try</summary>\n\n    <div>\n\n    </div>\n\n</details>\n"

    assert "&lt;div&gt;\n\n&lt;/div&gt;" in render(source, "post").html


def test_code_and_scripts_within_a_block_go_on_over_blank_lines():
    html = render("<div><pre>\na\n\n    b\n\nc\n</pre></div>\n", "post").html
    script = render("<div>\n<script>\n\n    run();\n\n</script>\n</div>\n", "post").html

    assert "a\n\n    b\n\nc\n</pre>" in html
    assert "run" not in script


def test_id_and_name_become_anchors():
    html = render('<a name="intro"></a>\n\n<ul id="list"><li id="one">x</li></ul>\n\n<i id="a b">y</i>\n', "post").html

    assert '<span id="intro"></span>' in html
    assert '<span id="list"></span><ul><li><span id="one"></span>x</li></ul>' in html
    assert html.count(" id=") == 3


def test_anchor_of_a_heading_wins_over_one_in_html():
    rendered = render('<a name="water"></a>\n\n## Water\n\n## <a id="ice"></a>Snow\n\n<p id="ice">x</p>\n', "post")

    assert rendered.html.count('id="water"') == rendered.html.count('id="ice"') == 1
    assert rendered.outline.headings[0].anchor == "water"
    assert "id=" not in rendered.outline.headings[1].html

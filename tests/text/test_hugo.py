"""Hugo's front matter, addresses and shortcodes."""

from datetime import UTC, datetime

import pytest

from interaxion.text.hugo.addresses import address_of
from interaxion.text.hugo.front_matter import HugoDocument, parse_hugo_document
from interaxion.text.hugo.shortcodes import Shortcodes
from interaxion.text.source_errors import SourceError


@pytest.mark.parametrize(
    "text",
    [
        '+++\ntitle = "題"\ndraft = true\ndate = 2021-05-01T09:00:00+09:00\ntags = ["a", "b"]\nweight = 3\n+++\n本文\n',
        "---\ntitle: 題\ndraft: true\ndate: 2021-05-01T09:00:00+09:00\ntags: [a, b]\nweight: 3\n---\n本文\n",
        '{"title": "題", "draft": true, "date": "2021-05-01T09:00:00+09:00",\n"tags": ["a", "b"], "weight": 3}\n本文\n',
    ],
    ids=["toml", "yaml", "json"],
)
def test_front_matter_is_the_same_in_each_format(text):
    document = parse_hugo_document("a.md", text.encode())

    assert document.meta == {
        "title": "題", "draft": "true", "date": "2021-05-01T09:00:00+09:00", "tags": ["a", "b"], "weight": "3",
    }  # fmt: skip
    assert document.body == "本文\n"
    assert text.split("\n")[document.body_line - 1] == "本文"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("+++\na = 1\nb = \n+++\n", 3, "the TOML cannot be read"),
        ("+++\na = 1\n", 1, "the front matter is not closed"),
        ('{"a": 1,\n"b"}\n', 2, "the JSON cannot be read"),
        (f'+++\na = "{"x" * 70_000}"\n+++\n', 1, "larger than 64 kB"),
        (f"+++\na = {'[' * 20_000}\n+++\n", 2, "the TOML cannot be read"),
        (f'{{"a": {"[" * 20_000}', 1, "the JSON cannot be read"),
    ],
)
def test_broken_front_matter_is_told_at_its_line(text, line, says):
    with pytest.raises(SourceError) as caught:
        parse_hugo_document("a.md", text.encode())

    assert caught.value.line == line
    assert says in str(caught.value)


DATE = datetime(2021, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "meta", "patterns", "address"),
    [
        ("about.md", {}, {}, "/about/"),
        ("blog/My Post, two.md", {}, {}, "/blog/my-post-two/"),
        ("blog/tide/index.md", {}, {}, "/blog/tide/"),
        ("blog/tide/index.md", {"slug": "pool"}, {}, "/blog/pool/"),
        ("blog/_index.md", {}, {"blog": "/:slug/"}, "/blog/"),
        ("_index.md", {}, {}, "/"),
        ("index.md", {}, {}, "/"),
        ("blog/潮.md", {}, {"blog": "/:year/:month/:slugorfilename/"}, "/2021/05/潮/"),
        ("blog/a.md", {"title": "潮 の話"}, {"blog": "/:section/:slug"}, "/blog/潮-の話/"),
        ("blog/a.md", {"url": "/x/y.html"}, {"blog": "/:slug/"}, "/x/y.html"),
        ("blog/a.md", {"url": "https://old.example/%E6%BD%AE/"}, {}, "/潮/"),
        ("blog/a.md", {}, {"blog": "/:unknown/"}, "/blog/a/"),
        ("blog/deep/er/a.md", {}, {"blog": "/:sections/:filename/"}, "/blog/deep/er/a/"),
    ],
)
def test_address_is_that_of_hugo(name, meta, patterns, address):
    assert address_of(name, HugoDocument(meta, "", 1), patterns=patterns, date=DATE) == address


def test_address_is_ugly_where_the_site_says_so():
    document = HugoDocument({}, "", 1)

    assert address_of("blog/a.md", document, patterns={}, date=None, is_ugly=True) == "/blog/a.html"


@pytest.mark.parametrize(
    ("written", "markdown"),
    [
        ('{{< youtube id="abcdefghijk" autoplay="true" >}}', "https://www.youtube.com/watch?v=abcdefghijk"),
        ("a {{< vimeo 123 >}} b", "a \n\nhttps://vimeo.com/123\n\n b"),
        ('{{< tweet user="a" id="123" >}}', "https://x.com/i/status/123"),
        ("{{< gist a 89 >}}", "https://gist.github.com/a/89"),
        ('{{< figure src="/a b.png" alt="c" >}}', "![c](</a b.png>)"),
        ('{{< figure src="/a.png" link="/b" >}}', "[![](/a.png)](/b)"),
        (
            '{{< figure src="/a.png" caption="x < \\"y\\"" >}}',
            '<figure><img src="/a.png" alt=""><figcaption>x &lt; "y"</figcaption></figure>',
        ),
        ("{{< highlight go >}}\na := 1\n{{< /highlight >}}", "```go\na := 1\n```"),
        ('[a]({{< ref "b.md#c" >}})', "[a](/b/#c)"),
        ('[a]({{< relref "#c" >}})', "[a](#c)"),
        (
            "{{% details `解答` %}}\n**a**\n{{% /details %}}",
            "<details>\n<summary>解答</summary>\n\n**a**\n\n</details>",
        ),
        ("{{< rawhtml >}}<b>a</b>{{< /rawhtml >}}", "<b>a</b>"),
        ('{{< audio src="/a.mp3" />}}', '<audio src="/a.mp3" controls></audio>'),
        ("{{< param email >}}", "a@b.example"),
        ("`{{</* ref x */>}}` {{%/* y */%}}", "`{{< ref x >}}` {{% y %}}"),
        ("## a {.b #c}\n### d {.e}", "## a {#c}\n### d"),
        ("{{ .Title }} {{", "{{ .Title }} {{"),
    ],
)
def test_shortcode_that_is_plain_data_is_markdown(written, markdown):
    shortcodes = Shortcodes({"b.md": "/b/"}.get, {"email": "a@b.example"}.get)

    assert shortcodes.rewrite(written) == markdown
    assert shortcodes.notes == []


def test_other_shortcodes_are_left_out_and_told_and_their_text_stays():
    shortcodes = Shortcodes({}.get, {}.get, first_line=4)

    assert shortcodes.rewrite('a\n{{< box "x" >}}b{{< /box >}}\n[c]({{< ref "d" >}})\n') == "a\nb\n[c](d)\n"
    assert [f"{note.line}: {note}" for note in shortcodes.notes] == [
        "5: the shortcode box is left out; text between its tags stays",
        "6: the page d is missing",
    ]

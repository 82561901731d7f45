"""Liquid that the files of a site answer, and the bounds of what it may cost."""

import pytest

from interaxion.text.kramdown import JekyllSite, rewrite
from tests.text.growth import seconds

FILES = {
    "links.md": "[site]: https://lesson.example/\n",
    "card.html": "<b>{{ include.title | upcase }}</b>{:.box}{% if include.by %} by {{ include.by }}{% endif %}",
    "nest.md": "{% include card.html title=include.t %}",
    "loop.md": "{% include loop.md %}",
}
SITE = JekyllSite(
    url="https://show.example",
    baseurl="/b",
    config={"title": "波", "flag": "false", "team": {"lead": "蛍"}, "most": "10"},
    data=lambda: {"hosts": [{"name": "蛍"}, {"name": "湊"}]},
    include=FILES.get,
)
HOSTS = "{% for a in site.data.hosts %}"


def written(text: str) -> str:
    return rewrite(text, site=SITE, meta={"title": "題"}).text


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("{% for h in site.data.hosts %}\n### {{ h.name }}\n{% endfor %}", "\n### 蛍\n\n### 湊\n"),
        ("{{ site.title }}、{{ site.team.lead }}、{{ page.title }}、{{ page.none }}", "波、蛍、題、"),
        ("{% if site.flag %}a{% elsif site.most > 9 %}b{% endif %}", "b"),
        ("[a][site]\n\n{% include links.md %}", "[a][site]\n\n[site]: https://lesson.example/\n"),
        ('{% include card.html title="a \\"b\\"" by=page.title %}', '<b>A "B"</b> by 題'),
        ("{% include nest.md t='x' %}", "<b>X</b>"),
        ("{% include figure.html url=site.team.lead %}", "![](蛍)"),
        (
            "{% assign a = site.title | append: '!' %}{{ a }} {% capture b %}<{{ a }}>{% endcapture %}{{ b }}",
            "波! <波!>",
        ),
        ("[a]({{ '/x' | prepend: '/y' | relative_url }})", "[a](/b/y/x)"),
        ("{% youtube abcdefghijk %}", "\nhttps://www.youtube.com/watch?v=abcdefghijk\n"),
        ("x {% gist someone/12 %}", "x https://gist.github.com/someone/12"),
        ("`{{ site.title }}`\n\n    {{ site.title }}", "`{{ site.title }}`\n\n    {{ site.title }}"),
    ],
)
def test_liquid_is_what_the_files_of_the_site_say(text, result):
    assert written(text) == result


@pytest.mark.parametrize(
    "text",
    [
        "{% include loop.md %}",
        "{% for i in (1..1000000000) %}x{% endfor %}",
        "{{ 'now' | date: '%Y' }}",
        "{{ 'aaaaaaaaaa' | replace: 'a', 'aaaaaaaaaa'" + " | replace: 'a', 'aaaaaaaaaa'" * 6 + " }}",
        HOSTS * 25 + "x" + "{% endfor %}" * 25,
        "{% assign a = site.time %}{{ a }}",
        "{{ site.posts.size }}{{ content }}",
        "{% render 'card.html' %}",
    ],
)
def test_what_cannot_be_known_or_takes_too_long_is_left_out(text):
    result = rewrite(text, site=SITE)

    assert result.text == ""
    assert {note.line for note in result.notes} == {1}


def test_value_that_grows_without_end_is_given_up():
    grows = "{% assign s = 'aaaaaaaaaa' %}" + "{% assign s = s | append: s | append: s | append: s %}" * 12

    assert written(grows + "{{ s }}") == ""


@pytest.mark.parametrize(
    "piece",
    [
        "{{ site.title }}", "{% include nest.md %}", "{% if a %}", "{% assign a = site.title %}{{ a }}",
        HOSTS + "{{ a.name }}{% endfor %}", HOSTS * 3 + "{% endfor %}" * 3,
        "{{ page.title | upcase | split: '' | join }}",
    ],
)  # fmt: skip
def test_page_full_of_liquid_takes_seconds_at_most(piece):
    assert seconds(written, piece * (100_000 // len(piece))) < 5

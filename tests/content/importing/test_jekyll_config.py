"""What `_config.yml` says of the files of its site."""

import pytest

from interaxion.content.importing.jekyll_config import JekyllConfig
from interaxion.text.front_matter.parsing import parse_data

CONFIG = JekyllConfig(
    parse_data(
        "_config.yml",
        """\
baseurl: /waves/
permalink: pretty
kramdown: {parse_block_html: true}
collections:
  talks: {output: true, permalink: /t/:name}
  notes: {output: false}
  shells: {output: true}
defaults:
  - scope: {path: "", type: posts}
    values: {layout: post, author: みなも, comments: true}
  - scope: {path: "_posts/sea", type: posts}
    values: {author: しぶき}
  - scope: {path: ""}
    values: {lang: en}
""".encode(),
    )
)


def test_base_and_markdown_in_html_are_known():
    assert (CONFIG.base, CONFIG.parses_html) == ("/waves", True)


@pytest.mark.parametrize(
    ("name", "is_read"),
    [("_posts/x.md", True), ("_talks/x.md", True), ("_notes/x.md", False), ("_secret/x.md", False), ("a/x.md", True)],
)
def test_only_what_jekyll_publishes_is_read(name, is_read):
    assert CONFIG.reads(name) is is_read


@pytest.mark.parametrize(
    ("name", "pattern"),
    [("_posts/x.md", "pretty"), ("_talks/x.md", "/t/:name"), ("_shells/x.md", "/:collection/:path:output_ext")],
)
def test_collection_has_a_pattern_of_its_own(name, pattern):
    assert CONFIG.pattern_for(name) == pattern


@pytest.mark.parametrize(
    ("name", "defaults"),
    [
        ("_posts/x.md", {"lang": "en", "layout": "post", "author": "みなも", "comments": "true"}),
        ("_drafts/x.md", {"lang": "en", "layout": "post", "author": "みなも", "comments": "true"}),
        ("_posts/sea/x.md", {"lang": "en", "layout": "post", "author": "しぶき", "comments": "true"}),
        ("about.md", {"lang": "en"}),
    ],
)
def test_longer_path_says_it_better(name, defaults):
    assert CONFIG.defaults_for(name) == defaults


@pytest.mark.parametrize("text", ["defaults: x", "defaults: [x]", "collections: [talks]", "kramdown: x", "a: b"])
def test_config_of_another_shape_says_nothing(text):
    config = JekyllConfig(parse_data("_config.yml", text.encode()))

    assert (dict(config.collections), config.defaults_for("_posts/x.md"), config.parses_html) == ({}, {}, False)


@pytest.mark.parametrize(
    ("name", "is_read"),
    [
        ("drafts/x.md", False),
        ("drafts/deep/x.md", False),
        ("old/keep.md", True),
        ("old/x.md", False),
        ("a/notes.txt", False),
        ("_posts/2020/x.md", False),
        ("vendors.md", False),  # as in Jekyll: its name begins with `vendor`
        ("about.md", True),
    ],
)
def test_what_the_site_excludes_is_not_read(name, is_read):
    config = JekyllConfig(
        {
            "exclude": ["drafts/", "old", "*.txt", "/_posts/2020", "vendor", "", ["x"]],
            "include": ["old/keep.md"],
        }
    )

    assert config.reads(name) is is_read

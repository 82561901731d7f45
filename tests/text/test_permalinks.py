"""Permalinks as Jekyll builds them."""

from dataclasses import replace

import pytest

from interaxion.text.front_matter.parsing import parse_document
from interaxion.text.jekyll.permalinks import address_of, slugify


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("deep-water", "deep-water"),
        ("Name with spaces", "Name-with-spaces"),
        ("a -- b", "a-b"),
        ("%E6%B5%B7", "E6-B5-B7"),
        ("潮だまり_1.5", "潮だまり_1.5"),
        ("か\u3099く", "がく"),
    ],
)
def test_slug_is_that_of_jekyll(name, slug):
    assert slugify(name) == slug


@pytest.mark.parametrize(
    ("pattern", "address"),
    [
        ("/:year/:short_year/:short_month/:long_month/:month/:i_month", "/2026/26/Feb/February/02/2"),
        ("/:day/:i_day/:y_day/:w_day/:short_day/:long_day", "/05/5/036/4/Thu/Thursday"),
        ("/:w_year/:week/:hour:minute:second/", "/2026/06/083015/"),
        ("/:categories/:slugified_categories/:slug", "/sea/deep sea/sea/deep-sea/deep-water"),
        ("/%E6%B5%B7/:title", "/海/Deep_Water"),
        ("/:nothing/:title", ""),
    ],
)
def test_placeholders_stand_for_what_jekyll_says(pattern, address):
    text = "---\ncategories: [sea, Deep Sea]\ndate: 2026-02-05 08:30:15 +0900\n---\nx\n"
    document = parse_document("_posts/2026-02-05-Deep_Water.md", text.encode())

    assert address_of(document, pattern) == address


def test_folders_around_the_posts_are_categories():
    document = parse_document("sea/_posts/2026-02-05-ice.md", b"---\ncategory: deep\n---\nx\n")

    assert address_of(document, "/:categories/:title/", ["sea"]) == "/sea/deep/ice/"


def test_document_of_a_collection_needs_no_date():
    document = parse_document("docs/_talks/2021/ice water.md", b"---\ntitle: x\n---\nx\n")

    assert address_of(document, "/:collection/:path:output_ext") == "/talks/2021/ice water.html"
    assert address_of(document, "/t/:name/:title") == "/t/ice-water/ice-water"


def test_date_with_seconds_and_no_zone_is_utc_for_the_address():
    """Jekyll 4.3.1 puts this post at 2024-01-12: YAML reads such a date as UTC."""
    text = "---\ndate: 2024-01-11 22:00:00\n---\nx\n"
    document = replace(parse_document("_posts/2024-01-11-a.md", text.encode()), zone="Asia/Tokyo")

    assert address_of(document, "/:year/:month/:day/:title") == "/2024/01/12/a"

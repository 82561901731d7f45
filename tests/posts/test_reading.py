"""What a post's file says, and where Jekyll would have put it."""

import pytest

from interaxion.text.front_matter.parsing import parse_document
from interaxion.text.kramdown import JekyllSite
from interaxion.text.source_errors import SourceError
from posts.reading import PostSource, read_post


def read(front_matter: str, *, name: str = "_posts/2026-02-05-deep-water.md", permalink: str = "") -> PostSource:
    document = parse_document(name, f"---\n{front_matter}\n---\n本文です。\n".encode())
    return read_post(document, site=JekyllSite(), permalink=permalink)


@pytest.mark.parametrize(
    ("front_matter", "category", "tags"),
    [
        ("layout: post\ncategories: diary,tank,sea\ntags: [sea, 見学]", "diary", ("sea", "見学", "tank")),
        ("layout: post\ncategories: [diary, tank]", "diary", ("tank",)),
        ("layout: post", "blog", ()),
        ("layout: post\ncategories: null\ntags: null", "blog", ()),
        ("layout: courrier\ncategories: diary", "courrier", ("diary",)),
        ("layout: blog\ntags: a b", "blog", ("a", "b")),
        ("layout: post\ntags: [ruby, false]", "blog", ("ruby", "false")),
    ],
)
def test_first_category_is_the_category_and_others_are_tags(front_matter, category, tags):
    post = read(front_matter)

    assert (post.category, post.tags) == (category, tags)


@pytest.mark.parametrize(
    ("permalink", "path"),
    [
        ("", "/diary,tank/2026/02/05/deep-water.html"),
        ("date", "/diary,tank/2026/02/05/deep-water.html"),
        ("pretty", "/diary,tank/2026/02/05/deep-water/"),
        ("none", "/diary,tank/deep-water.html"),
        ("/:title", "/deep-water"),
        ("/:year/:i_month/:slug:output_ext", "/2026/2/deep-water.html"),
        ("/:collection/:title", ""),
    ],
)
def test_address_that_jekyll_gave_is_known(permalink, path):
    post = read("layout: post\ncategories: diary,tank", permalink=permalink)

    assert (post.path, post.old_path) == ("", path)


@pytest.mark.parametrize(("written", "path"), [("/blog/one", "/blog/one"), ("/:title", "/deep-water")])
def test_permalink_of_the_file_is_its_path(written, path):
    post = read(f"layout: blog\npermalink: {written}")

    assert (post.path, post.old_path) == (path, "")


@pytest.mark.parametrize(
    ("front_matter", "authors"),
    [
        ('author: "Minamo Izumi"', ("Minamo Izumi",)),
        ("author: [a, b]", ("a", "b")),
        ("authors: [a]\nauthor: b", ("a",)),
        ("author:\n  - name: a\n    email: a@waves.example", ("a",)),
        ("author:\n  name: a\n  email: a@waves.example", ("a",)),
        ("authors: [a, null, ~]", ("a",)),
    ],
)
def test_authors_are_a_text_or_a_list(front_matter, authors):
    assert read(front_matter).authors == authors


@pytest.mark.parametrize(
    ("front_matter", "name", "date", "is_draft"),
    [
        ("date: 2026-01-01", "_posts/2026-02-05-a.md", "2026-01-01", False),
        ("", "_posts/2026-02-05-a.md", "2026-02-05", False),
        ("created_at: 2026-03-01", "a.md", "2026-03-01", False),
        ("published: false", "_posts/2026-02-05-a.md", "2026-02-05", True),
        ("published: 2026-04-01", "_posts/2026-02-05-a.md", "2026-02-05", False),
        ("", "_drafts/2026-02-05-a.md", "2026-02-05", True),
    ],
)
def test_date_and_status_are_found(front_matter, name, date, is_draft):
    post = read(f"title: 題\n{front_matter}", name=name)

    assert (post.date, post.is_draft) == (date, is_draft)


def test_title_comes_from_the_name_where_nothing_says_it():
    assert read("layout: post").title == "Deep Water"


def test_post_without_any_title_is_refused():
    with pytest.raises(SourceError, match="no title"):
        read("layout: post", name="x.md")


@pytest.mark.parametrize("front_matter", ["title: [a, b]", "tags: {a: b}", "image: [a.png]", "tags: [[a]]"])
def test_value_of_the_wrong_kind_is_refused_with_its_line(front_matter):
    with pytest.raises(SourceError, match=r"^_posts/2026-02-05-deep-water\.md:3: the value of"):
        read(f"layout: post\n{front_matter}")


@pytest.mark.parametrize(
    ("front_matter", "cover"),
    [
        ("image: ~", ("", "")),
        ("image: a.png", ("a.png", "")),
        ("cover: {path: a.png, alt: 波}", ("a.png", "波")),
        ("image:\n  feature: a.png\n  credit: x", ("a.png", "")),
    ],
)
def test_cover_is_a_name_or_what_a_theme_makes_of_it(front_matter, cover):
    post = read(f"title: 題\n{front_matter}")

    assert (post.cover, post.cover_alt) == cover

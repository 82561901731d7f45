"""Posts of a Jekyll site as rows."""

import os
from pathlib import Path

import pytest

from episodes.models import Speaker
from interaxion.content import paths
from interaxion.content.publishing.log import LogEntry
from posts.models import Category, Post
from tests.imports import copy_site, import_all, import_text, make_picture, messages, write_file

pytestmark = pytest.mark.django_db

POST = "---\nlayout: blog\ntitle: 題名\npermalink: /blog/one\ndate: 2026-02-01\nauthor: みなも\n---\n本文です。\n"


def test_post_of_a_theme_is_read_whole(tmp_path):
    site = copy_site(tmp_path)

    (outcome,) = import_all(site / "_posts/2026/2026-02-21-tank-tour.md")

    post = Post.objects.get()
    assert outcome.action == "created"
    assert (post.path, post.category.slug) == ("/diary/tank-tour", "diary")
    assert [tag.name for tag in post.tags.order_by("name")] == ["sea", "tank", "見学"]
    assert [str(author) for author in post.authors.all()] == ["Minamo Izumi"]
    assert post.cover.name.startswith("pictures/")
    assert "](/assets/orbit.png)" in post.body


def test_empty_font_pair_renders_as_nothing(tmp_path):
    site = copy_site(tmp_path)

    import_all(site / "_posts/2026/2026-02-07-blog.md")

    assert "font" not in Post.objects.get().html


@pytest.mark.parametrize(
    ("date", "instant"),
    [
        ("2026-02-01", "2026-01-31T15:00:00+00:00"),
        ("2026-02-01 08:30", "2026-01-31T23:30:00+00:00"),
        ("2026-02-01 08:30:15 +0000", "2026-02-01T08:30:15+00:00"),
        ("2026-02-01T08:30:15Z", "2026-02-01T08:30:15+00:00"),
        ("2026-2-1 08:30:15 -05:00", "2026-02-01T13:30:15+00:00"),
        ("2026/02/01 8:30", "2026-01-31T23:30:00+00:00"),
        ("2026年2月1日", "2026-01-31T15:00:00+00:00"),
        ("Sun, 01 Feb 2026 08:30:15 +0000", "2026-02-01T08:30:15+00:00"),
        ("Sun, 01 Feb 2026 08:30:15 JST", "2026-01-31T23:30:15+00:00"),
        ("Sun, 01 Feb 2026 08:30:15 +09:00 (JST)", "2026-01-31T23:30:15+00:00"),
        ("2026-02-01 08:30 JST", "2026-01-31T23:30:00+00:00"),
        ("2026-02-01 08:30 +09", "2026-01-31T23:30:00+00:00"),
        ("2026-02-01 08:30 PST", "2026-02-01T16:30:00+00:00"),
        ("2026-07-01 08:30 America/New_York", "2026-07-01T12:30:00+00:00"),
        ("2026-02-01 7:05 PM", "2026-02-01T10:05:00+00:00"),
        ("2026-02-01 12:05 am", "2026-01-31T15:05:00+00:00"),
        ("Feb 1, 2026", "2026-01-31T15:00:00+00:00"),
        ("2026-02-01 09:0:00", "2026-02-01T00:00:00+00:00"),
    ],
)
def test_date_is_that_of_tokyo_unless_it_says_otherwise(tmp_path, date, instant):
    import_text(tmp_path, POST.replace("2026-02-01", date))

    assert Post.objects.get().publish_at.isoformat() == instant


def test_date_moved_ahead_says_what_is_gone_by_it(tmp_path):
    import_text(tmp_path, POST)

    outcome = import_text(tmp_path, POST.replace("2026-02-01", "2999-02-01"))

    assert not Post.objects.live().exists()
    assert any("/blog/one" in message and "404" in message for message in messages(outcome))


def test_date_in_an_unknown_zone_is_not_taken_and_told(tmp_path):
    outcome = import_text(tmp_path, POST.replace("2026-02-01", "2026-02-01 08:30 XYZT"))

    assert Post.objects.get().publish_at is None
    note = "the date 2026-02-01 08:30 XYZT is not taken, for its time zone XYZT is not known"
    assert f"5: {note}" in messages(outcome)


def test_day_in_the_name_counts_where_the_date_is_not_taken(tmp_path):
    text = POST.replace("date: 2026-02-01", "date: 2026-02-01 08:30 XYZT")

    import_text(tmp_path, text, name="2026-02-03-one.md")

    assert Post.objects.get().publish_at.isoformat() == "2026-02-02T15:00:00+00:00"


@pytest.mark.parametrize(
    ("config", "date", "instant"),
    [
        ("timezone: America/New_York", "2026-02-01 22:00", "2026-02-02T03:00:00+00:00"),
        ("timezone: America/New_York", "2026-07-01 22:00", "2026-07-02T02:00:00+00:00"),
        ("timezone: America/New_York", "2026-02-01 22:00 JST", "2026-02-01T13:00:00+00:00"),
        ("timezone: Etc/UTC", "2026-02-01", "2026-02-01T00:00:00+00:00"),
        ("title: 波", "2026-02-01 22:00", "2026-02-01T13:00:00+00:00"),
    ],
)
def test_bare_date_is_meant_in_the_time_zone_of_its_site(tmp_path, config, date, instant):
    write_file(tmp_path, "_config.yml", f"{config}\n")
    write_file(tmp_path, "_posts/2026-01-01-a.md", f"---\ntitle: 題\ndate: {date}\n---\n本文\n")

    import_all(tmp_path)

    assert Post.objects.get().publish_at.isoformat() == instant


@pytest.mark.parametrize("folders", [("_posts", "blog/_posts"), ("blog/_posts", "_posts")])
def test_written_address_wins_whatever_the_order_of_the_files(tmp_path, client, folders):
    write_file(tmp_path, "_config.yml", "permalink: /tale/:title\n")
    write_file(tmp_path, f"{folders[0]}/2026-02-01-1.md", "---\ntitle: ひとつめ\n---\n本文\n")
    written = "---\ntitle: 決めた所\ncategory: blog\npermalink: /blog/1/\n---\n本文\n"
    write_file(tmp_path, f"{folders[1]}/2026-03-01-1.md", written)

    outcomes = import_all(tmp_path)

    assert {outcome.action for outcome in outcomes} == {"created"}
    assert paths.find_path("/blog/1/").target.title == "決めた所"
    assert "ひとつめ" in client.get("/tale/1", follow=True).content.decode()
    assert {outcome.action for outcome in import_all(tmp_path)} == {"unchanged"}


def test_address_that_a_page_names_is_not_invented_for_a_post(tmp_path):
    write_file(tmp_path, "_config.yml", "title: 波\n")
    write_file(tmp_path, "_posts/2026-02-01-a.md", "---\ntitle: 題\n---\n本文\n")
    write_file(tmp_path, "about.md", "---\ntitle: 頁\npermalink: /blog/a/\n---\n本文\n")

    outcomes = import_all(tmp_path)

    assert {outcome.action for outcome in outcomes} == {"created"}
    assert paths.find_path("/blog/a").target.title == "頁"
    assert Post.objects.get().path == "/blog/a-2026-02-01"
    assert [outcome.action for outcome in import_all(tmp_path / "_posts")] == ["unchanged"]


def test_address_names_the_day_of_its_site(tmp_path):
    write_file(tmp_path, "_config.yml", "timezone: America/New_York\npermalink: /:year/:month/:day/:title/\n")
    write_file(tmp_path, "_posts/2026-02-01-a.md", "---\ntitle: 題\ndate: 2026-02-01 03:00 +0000\n---\n本文\n")

    import_all(tmp_path)

    assert paths.find_path("/2026/01/31/a/").target == Post.objects.get()


@pytest.mark.parametrize("date", ["tomorrow", "2026-02-30", "2026-02-01 25:00", "2026-02-01 13:00 PM"])
def test_date_that_is_none_is_refused(tmp_path, date):
    outcome = import_text(tmp_path, POST.replace("2026-02-01", date))

    assert str(outcome.problem).startswith(f"file.md:5: the date {date} cannot be read; write it as")
    assert not Post.objects.exists()


def test_post_without_a_date_stays_a_draft(tmp_path):
    outcome = import_text(tmp_path, POST.replace("date: 2026-02-01\n", ""))

    assert Post.objects.get().status == "draft"
    assert any("there is no date" in message for message in messages(outcome))


def test_unchanged_post_writes_no_log(tmp_path):
    import_text(tmp_path, POST)
    entries = LogEntry.objects.count()

    import_text(tmp_path, POST + "追伸。\n")

    assert LogEntry.objects.count() == entries


def test_category_and_author_are_made_once(tmp_path):
    import_text(tmp_path, POST)
    import_text(tmp_path, POST.replace("one", "two"))

    assert Category.objects.get().slug == "blog"
    assert Speaker.objects.get().name == "みなも"


def test_category_whose_address_is_taken_is_refused(tmp_path):
    outcome = import_text(tmp_path, POST.replace("layout: blog", "layout: post\ncategories: tags"))

    assert outcome.action == "failed"
    assert not Category.objects.exists()


def test_missing_and_refused_covers_stop_nothing(tmp_path):
    write_file(tmp_path, "_config.yml", "title: a\n")
    write_file(tmp_path, "assets/a.svg", "<svg/>")
    write_file(tmp_path, "assets/b.png", b"no picture")
    for number, cover in enumerate(["a.svg", "b.png", "c.png"]):
        text = POST.replace("one", cover).replace("date:", f"image: {cover}\ndate:")
        (outcome,) = import_all(write_file(tmp_path, f"_posts/2026-02-0{number + 1}-a.md", text))
        assert outcome.action == "created"
        assert any(cover in message for message in messages(outcome))
    assert not Post.objects.exclude(cover="").exists()


def test_address_of_a_post_can_change_in_its_file(tmp_path, client):
    text = POST.replace("layout: blog", "layout: post\ncategories: diary").replace("permalink: /blog/one\n", "")
    import_text(tmp_path, text, name="_posts/2026-02-01-one.md")

    assert client.get("/diary/2026/02/01/one.html")["Location"] == "/diary/one"


def test_picture_next_to_the_post_is_stored(tmp_path):
    write_file(tmp_path, "_posts/figure.png", make_picture())
    write_file(tmp_path, "_posts/2026-02-01-one.md", POST + "\n![図](figure.png)\n")

    import_all(tmp_path)

    assert "](/_posts/figure.png)" in Post.objects.get().body
    assert "<img" in Post.objects.get().html


@pytest.mark.corpus
def test_seed_post_is_a_draft_without_its_scripts():
    (outcome,) = import_all(Path(os.environ["CORPUS"]).parent / "seeds/002_24746c660cdb4b3b.txt")

    post = Post.objects.get()
    assert outcome.action == "created"
    assert post.category.slug == "blog"
    assert {tag.name for tag in post.tags.all()} == {"documentation", "technology", "tweet", "mi"}
    assert post.html.count("<blockquote") == 8
    assert "<script" not in post.html

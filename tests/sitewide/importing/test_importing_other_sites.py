"""Jekyll sites as other people keep them: below a path, in collections, with themes and names of their own."""

import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from episodes.models import Episode
from interaxion.content.paths import Path as Address
from interaxion.sitewide.models import Page
from posts.models import Post
from tests.imports import actions, import_all, make_picture, messages, write_file

pytestmark = pytest.mark.django_db

POST = "---\nlayout: post\ntitle: 潮だまり\n---\n本文です。\n\n"


def write_post(site: Path, name: str, text: str) -> Path:
    write_file(site, "_config.yml", "title: 波\n") if not (site / "_config.yml").exists() else None
    return write_file(site, f"_posts/{name}", text)


def redirects(thing: object) -> list[str]:
    return [path.path for path in Address.objects.filter(is_current=False).order_by("path") if path.target == thing]


def test_draft_without_number_and_path_is_imported_once(tmp_path):
    write_file(tmp_path, "_drafts/idea.md", "---\nlayout: podcast\ntitle: 氷の話\n---\n### 近況\n- あ\n")

    first, second = import_all(tmp_path), import_all(tmp_path)

    assert [o.action for o in (*first, *second)] == ["created", "unchanged"]
    assert Episode.objects.count() == 1


def test_old_addresses_of_the_redirect_plugin_go_on_leading_here(tmp_path, client):
    write_post(tmp_path, "2026-02-05-a.md", POST.replace("---\n", "---\nredirect_from: [/old/1.html, /a b]\n", 1))
    write_post(
        tmp_path, "2026-02-06-b.md", "---\nlayout: podcast\ntitle: '1: 氷'\nredirect_from: /ep1\n---\n### 0:00 a\n"
    )

    outcomes = import_all(tmp_path)

    assert not [note for outcome in outcomes for note in messages(outcome) if "redirect" in note]
    for old, new in {"/old/1.html": "/blog/a", "/a%20b": "/blog/a", "/ep1": "/1"}.items():
        response = client.get(old)
        assert (response.status_code, response.headers["Location"]) == (301, new)


def test_old_address_that_cannot_be_had_is_told_and_stops_nothing(tmp_path):
    write_post(tmp_path, "2026-02-05-a.md", POST.replace("---\n", "---\nredirect_from: /feed.xml\n", 1))

    *_config, outcome = import_all(tmp_path)

    assert outcome.action == "created"
    assert messages(outcome)[0].startswith("2: the old address /feed.xml does not lead here: ")


def test_site_below_a_path_loses_neither_links_nor_pictures(tmp_path):
    write_file(tmp_path, "_config.yml", "url: https://us.example\nbaseurl: /waves\n")
    write_file(tmp_path, "assets/ice.png", make_picture())
    text = (
        "[1](/waves/1) [2](https://us.example/waves/2#a) [3](https://us.example/other/3) [4](/wavesandmore)\n"
        "![a](/waves/assets/ice.png) ![b](https://us.example/waves/assets/ice.png)\n"
        "![c]({{ site.baseurl }}/assets/ice.png) ![d]({{ '/assets/ice.png' | absolute_url }})\n"
    )
    write_post(tmp_path, "2026-02-05-a.md", POST + text)

    outcomes = import_all(tmp_path)

    assert not [note for outcome in outcomes for note in messages(outcome)]
    body = Post.objects.get().body
    assert body.startswith("本文です。\n\n[1](/1) [2](/2#a) [3](https://us.example/other/3) [4](/wavesandmore)\n")
    assert body.count("](/assets/ice.png)") == 4


def test_names_with_spaces_are_kept(tmp_path, client):
    write_file(tmp_path, "_config.yml", "title: 波\n")
    write_file(tmp_path, "assets/Screen Shot (1).png", make_picture())
    pictures = "![a](../assets/Screen Shot (1).png) ![b](/assets/Screen%20Shot%20(1).png) <br>"
    write_post(tmp_path, "2026-02-05-deep water.md", POST + pictures)

    outcomes = import_all(tmp_path)

    assert "failed" not in actions(outcomes).values() and "skipped" not in actions(outcomes).values()
    post = Post.objects.get()
    assert (post.path, post.html.count("<img ")) == ("/blog/deep-water", 2)
    assert client.get("/assets/Screen%20Shot%20(1).png").status_code in (200, 301)


@pytest.mark.parametrize(
    ("written", "path", "old"),
    [("/my post/", "/my-post/", "/my post"), ("/%E6%B3%A2/", "/波/", None)],
)
def test_permalink_that_browsers_escape_goes_on_answering(tmp_path, written, path, old):
    write_post(tmp_path, "2026-02-05-a.md", POST.replace("---\n", f"---\npermalink: {written}\n", 1))

    import_all(tmp_path)

    post = Post.objects.get()
    assert (post.path, redirects(post)) == (path, [old] if old else [])


def test_permalink_with_an_unknown_placeholder_is_told(tmp_path):
    write_post(tmp_path, "2026-02-05-a.md", POST.replace("---\n", "---\npermalink: /:nothing/a\n", 1))

    *_config, outcome = import_all(tmp_path)

    assert outcome.path == "/blog/a"
    assert messages(outcome) == ["2: nothing says what /:nothing/a stands for: the post gets an address of its own"]


def test_episode_without_a_permalink_answers_where_jekyll_put_it(tmp_path):
    write_post(tmp_path, "2026-02-05-ep1.md", "---\nlayout: podcast\ntitle: '1: 氷'\n---\n### 0:00 a\n")

    import_all(tmp_path)

    assert redirects(Episode.objects.get()) == ["/2026/02/05/ep1.html"]


def test_layouts_of_a_theme_are_read_by_their_place(tmp_path):
    write_post(tmp_path, "2026-02-05-a.md", "---\nlayout: single\ntitle: 記事\n---\n本文\n")
    write_file(tmp_path, "pages/about.md", "---\nlayout: splash\ntitle: 案内\n---\n本文\n")
    write_file(tmp_path, "pages/plain.md", "---\ntitle: ただの頁\n---\n本文\n")
    write_file(tmp_path, "years.md", "---\nlayout: year-archive\ntitle: 一覧\n---\n")

    outcomes = {outcome.file: outcome for outcome in import_all(tmp_path)}

    assert messages(outcomes["_posts/2026-02-05-a.md"]) == [
        "2: nobody knows the layout single: read as what lies in this folder"
    ]
    assert {post.title for post in Post.objects.all()} == {"記事"}
    assert {page.path for page in Page.objects.all()} == {"/pages/about/", "/pages/plain/"}
    assert outcomes["years.md"].action == "skipped"


def test_draft_that_says_nothing_is_called_like_its_file(tmp_path):
    write_file(tmp_path, "_config.yml", "title: 波\n")
    write_file(tmp_path, "_drafts/deep-water.md", "書きかけ\n")

    import_all(tmp_path)

    assert Post.objects.get().title == "Deep Water"


def test_collection_and_defaults_of_the_config_are_read(tmp_path):
    write_file(
        tmp_path,
        "_config.yml",
        "collections:\n  episodes: {output: true, permalink: '/ep/:name/'}\n  hidden: {output: false}\n"
        "defaults:\n  - scope: {path: '', type: episodes}\n    values: {layout: podcast, starring: [みなも]}\n",
    )
    write_file(tmp_path, "_episodes/ice.md", "---\ntitle: '1: 氷'\ndate: 2026-02-05\n---\n### 0:00 a\n")
    write_file(tmp_path, "_hidden/secret.md", "---\ntitle: 秘密\n---\nx\n")
    write_file(tmp_path, "_layouts/podcast.md", "---\n---\nx\n")

    first, again = import_all(tmp_path), import_all(tmp_path)

    assert actions(first) == {"_config.yml": "created", "_episodes/ice.md": "created"}
    assert set(actions(again).values()) == {"unchanged"}
    episode = Episode.objects.get()
    assert [speaker.name for speaker in episode.speakers.all()] == ["みなも"]
    assert redirects(episode) == ["/ep/ice"]


def test_file_that_is_given_by_itself_is_imported_wherever_it_lies(tmp_path):
    write_file(tmp_path, "_config.yml", "title: 波\n")
    file = write_file(tmp_path, "_hidden/ice.md", POST.replace("---\n", "---\ndate: 2026-02-05\n", 1))

    (outcome,) = import_all(file)

    assert outcome.action == "created"


def test_folder_around_the_posts_is_their_category(tmp_path):
    write_file(tmp_path, "_config.yml", "permalink: /:categories/:title/\n")
    write_file(tmp_path, "sea/_posts/2026-02-05-ice.md", "---\nlayout: post\ntitle: 氷\n---\nx\n")

    import_all(tmp_path)

    post = Post.objects.get()
    assert (post.category.slug, post.path) == ("sea", "/sea/ice/")


def test_what_is_left_out_is_told_and_what_makes_the_site_look_is_not(tmp_path):
    write_file(tmp_path, "_config.yml", "title: 波\n")
    for name in ("privacy.rst", "_data/people.csv", "assets/data.csv", "_posts/2026-02-05-a.textile"):
        write_file(tmp_path, name, "---\nlayout: page\n---\nx\n")
    for name in ("Gemfile", "assets/main.css", "_data/nav_bar_items.yml", "_includes/head.html", "static.html"):
        write_file(tmp_path, name, "x\n")

    outcomes = {outcome.file: outcome for outcome in import_all(tmp_path)}

    assert {name for name, outcome in outcomes.items() if outcome.action == "skipped"} == {
        "privacy.rst", "_data/people.csv", "assets/data.csv", "_posts/2026-02-05-a.textile",
    }  # fmt: skip
    assert messages(outcomes["privacy.rst"]) == [
        "1: neither Markdown nor HTML: save its text as a .md file with the same front matter"
    ]


@pytest.mark.parametrize("name", ["ソ波".encode("cp932"), "波".encode()], ids=["windows", "macos"])
def test_names_in_a_zip_that_says_no_encoding_are_read(tmp_path, name):
    placeholder = b"x" * len(name)
    with zipfile.ZipFile(tmp_path / "site.zip", "w") as archive:
        archive.writestr("_posts/2026-02-05-" + placeholder.decode() + ".md", POST)
    packed = (tmp_path / "site.zip").read_bytes()
    write_file(tmp_path, "site.zip", packed.replace(placeholder, name))

    (outcome,) = import_all(tmp_path / "site.zip")

    assert outcome.path == "/blog/" + ("波" if len(name) == 3 else "ソ波")


def test_entry_of_the_glossary_answers_in_lower_case_too(tmp_path, client):
    write_file(tmp_path, "_data/keywords.yml", "- title: 高圧超伝導\n  index: C-S-H\n  definition: 水素化物\n")

    (outcome,) = import_all(tmp_path, publish_at=datetime(2026, 2, 5, tzinfo=UTC))

    assert outcome.path == "/keywords/C-S-H/"
    response = client.get("/keywords/c-s-h/")
    assert (response.status_code, response.headers["Location"]) == (301, "/keywords/C-S-H/")


def test_posts_of_two_years_may_be_called_the_same(tmp_path):
    write_post(tmp_path / "one", "2025-12-31-year-end.md", POST.replace("潮だまり", "二〇二五年"))
    write_post(tmp_path / "one", "2026-12-31-year-end.md", POST.replace("潮だまり", "二〇二六年"))
    write_post(tmp_path / "two", "2024-12-31-year-end.md", POST.replace("潮だまり", "別の人"))

    import_all(tmp_path / "one")
    import_all(tmp_path / "two")
    again = import_all(tmp_path / "one")

    assert {post.path: post.title for post in Post.objects.all()} == {
        "/blog/year-end": "二〇二五年",
        "/blog/year-end-2026-12-31": "二〇二六年",
        "/blog/year-end-2024-12-31": "別の人",
    }
    assert {outcome.action for outcome in again if "_posts" in outcome.file} == {"unchanged"}


def test_liquid_reads_the_files_of_the_site_and_a_change_of_them_is_imported(tmp_path):
    write_file(tmp_path, "_includes/hosts.md", "{% for h in site.data.team.hosts %}[{{ h.name }}] {% endfor %}\n")
    hosts = write_file(tmp_path, "_data/team/hosts.csv", "name\n蛍\n湊\n")
    write_post(tmp_path, "2026-02-05-a.md", POST + "{% include hosts.md %}{{ site.title }}{{ site.posts.size }}")

    first = import_all(tmp_path)
    body, again = Post.objects.get().body, import_all(tmp_path)
    hosts.write_text("name\n澪\n")
    changed = import_all(tmp_path)

    assert body.endswith("[蛍] [湊] \n波")
    assert [note for outcome in first for note in messages(outcome) if "only Jekyll" in note] == [
        "7: left out, since only Jekyll knows what it writes: {{ site.posts.size }}"
    ]
    assert not {"created", "updated"} & set(actions(again).values())
    assert actions(changed)["_posts/2026-02-05-a.md"] == "updated"
    assert "[澪]" in Post.objects.get().body


def test_figure_in_svg_is_shown(tmp_path):
    figure = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="9" height="9"/></svg>'
    write_file(tmp_path, "_config.yml", "title: a\n")
    write_file(tmp_path, "images/wave.svg", figure)
    write_file(tmp_path, "_posts/2026-01-05-a.md", "---\ntitle: a\n---\n![波形](/images/wave.svg)\n")

    outcomes = import_all(tmp_path)

    assert not [message for outcome in outcomes for message in messages(outcome) if "svg" in message]
    assert re.search(r'<img src="/media/files/\w+\.svg" alt="波形" width="40" height="30"', Post.objects.get().html)


def test_text_that_tells_no_language_has_that_of_most_texts(tmp_path):
    english = "The waves are at the shore, and it is for you to see that they are high.\n"
    for number in range(3):
        write_post(tmp_path, f"2026-02-0{number + 1}-a.md", POST.replace("本文です。", english))
    write_post(tmp_path, "2026-02-05-short.md", POST.replace("本文です。", "![x](https://a.example/a.png)"))
    write_post(tmp_path, "2026-02-06-ja.md", POST.replace("本文です。", "これは日本語の文章です。"))

    import_all(tmp_path)

    assert {post.path: post.language for post in Post.objects.filter(path__contains="short")} == {"/blog/short": "en"}
    assert Post.objects.get(path="/blog/ja").language == "ja"

"""Sites of other systems: what their documents become, and that they come back from an export."""

import io
import shutil
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from courses.models import Chapter, Course
from episodes.models import Episode, Podcast
from interaxion.sitewide.models import Page
from posts.models import Post
from tests.imports import DATA, actions, import_all, make_picture, messages, write_file
from tests.sitewide.exporting.test_exporting import there_and_back

pytestmark = pytest.mark.django_db


def copy_data(folder: Path, kind: str, *pictures: str) -> Path:
    site = folder / kind
    shutil.copytree(DATA / kind, site)
    for name in pictures:
        write_file(site, name, make_picture())
    return site


def run(command: str, path: Path, *options: str, fails: bool = False) -> str:
    out = io.StringIO()
    with pytest.raises(SystemExit) if fails else nullcontext():
        call_command(command, str(path), *options, stdout=out)
    return out.getvalue()


def import_twice(site: Path, **options: Any) -> dict[str, list[str]]:
    """Import the site, see that a second import changes nothing, and return what was said of each file."""
    first = import_all(site, **options)
    second = actions(import_all(site, **options))

    failed = {outcome.file for outcome in first if outcome.action in ("failed", "skipped")}
    assert {file for file, action in second.items() if action != "unchanged"} == failed
    return {outcome.file: [str(outcome.problem or ""), *messages(outcome)] for outcome in first}


def test_hugo_site_comes_in_at_its_own_addresses(tmp_path, settings, client):
    site = copy_data(tmp_path, "hugo", "content/blog/tide/tide.png", "static/img/logo.png", "themes/x/shot.png")

    said = import_twice(site)

    assert {file for file in said if said[file][0]} == {"content/broken.md"}
    assert "content/broken.md:2: the TOML cannot be read" in said["content/broken.md"][0]
    assert said["content/notes.org"][1].startswith("1: neither Markdown nor HTML")
    assert "themes/x/shot.png" not in said
    assert set(Page.objects.values_list("title", "path")) == {("はじめに", "/"), ("私たち", "/about/")}
    episode = Episode.objects.get()
    assert (episode.number, episode.title, episode.path, episode.audio_seconds) == (12, "風", "/12", 620)
    assert [(str(each.speaker), each.role) for each in episode.appearances.all()] == [("花子", "guest")]
    posts = {post.title: post for post in Post.objects.all()}
    assert {title: (post.path, post.status, post.category.name) for title, post in posts.items()} == {
        "潮だまり": ("/2021/05/tide-pool/", "published", "Blog"),
        "JSON の前付け": ("/2021/06/json-の前付け/", "draft", "道具"),
        "表": ("/2021/07/表/", "published", "Blog"),
    }
    assert posts["潮だまり"].cover
    assert posts["表"].body == "| a | b |\n| --- | --- |\n| 1 | 2 |\n"
    answers = {
        path: client.get(path, follow=True).redirect_chain[-1][0]
        for path in ("/about-us", "/we.html", "/old/tide/", "/episodes/12-winds/")
    }
    assert answers == {
        "/about-us": "/about/", "/we.html": "/about/", "/old/tide/": "/2021/05/tide-pool/",
        "/episodes/12-winds/": "/12",
    }  # fmt: skip
    assert client.get("/img/logo.png").status_code == 301
    assert (Podcast.current().title, Podcast.current().description) == ("潮の研究室", "潮と風の話。")
    there_and_back(tmp_path, settings)


def test_hugo_shortcodes_are_markdown_or_told_at_their_line(tmp_path):
    site = copy_data(tmp_path, "hugo", "content/blog/tide/tide.png")

    said = import_twice(site)

    tide = Post.objects.get(title="潮だまり")
    assert tide.body == (
        "\n## 観察 {#look}\n\n![岩場](/blog/tide/tide.png)\n\n"
        '<figure><img src="/blog/tide/tide.png" alt="貝"><figcaption>図1 貝</figcaption></figure>\n\n'
        "https://www.youtube.com/watch?v=abcdefghijk\n\n"
        "[風の回](/episodes/12-winds/)と[次](/2021/06/json-の前付け/)。\n\n"
        "\n満潮に**注意**。\n\n\n書き方は `{{< youtube id >}}` です。\n\n```text\n ではない\n```\n"
    )
    told = [note for note in said["content/blog/tide/index.md"] if "shortcode" in note]
    assert told == [
        "21: the shortcode notice is left out; text between its tags stays",
        "28: the shortcode highlight is left out; text between its tags stays",
    ]
    assert "三人です。連絡先は tide@show.example です。" in Page.objects.get(path="/about/").body


def test_hugo_theme_for_podcasts_and_a_second_language_are_read(tmp_path):
    write_file(
        tmp_path,
        "config.yaml",
        "baseURL: https://show.example/\ndefaultContentLanguage: ja\n"
        "languages:\n  ja: {}\n  en: {contentDir: content/en}\n"
        "params:\n  feed: {media_prefix: 'https://media.example/show/'}\n",
    )
    person = '+++\nTitle = "山田 太郎"\n+++\n紹介。\n'
    episode = (
        '+++\nTitle = "波"\nDate = "2021-05-01T09:00:00+09:00"\nepisode = "7"\nguests = ["taro"]\n'
        'podcast_file = "7.mp3"\npodcast_duration = "1:00"\npodcast_bytes = "5000"\n+++\n### 話\n'
    )
    for name, text in {
        "content/guest/taro.md": person,
        "content/episode/wave.md": episode,
        "content/about.md": "+++\ntitle = '私たち'\n+++\n三人です。\n",
        "content/about.fr.md": "+++\ntitle = 'Un'\n+++\nx\n",
        "content/en/about.md": "+++\ntitle = 'About'\n+++\nThree of us.\n",
        "content/post/2020-01-02-day.md": "+++\ntitle = '日'\n+++\n本文。\n",
    }.items():
        write_file(tmp_path, name, text)

    said = import_twice(tmp_path)

    assert "config.yaml#actors" in said
    wave = Episode.objects.get()
    assert (wave.path, wave.audio_url, wave.audio_seconds, wave.audio_bytes) == (
        "/7", "https://media.example/show/7.mp3", 60, 5000,
    )  # fmt: skip
    assert [(str(each.speaker), each.role) for each in wave.appearances.all()] == [("山田 太郎", "guest")]
    assert str(Post.objects.get().publish_at) == "2020-01-01 15:00:00+00:00"
    pages = set(Page.objects.values_list("title", "path", "language", "in_navigation"))
    assert pages >= {("私たち", "/about/", "ja", True), ("About", "/about-en/", "en", False)}
    assert ("山田 太郎", "/guest/taro/", "ja", False) in pages


def test_wordpress_export_comes_in_with_its_pictures(tmp_path, settings, client):
    site = copy_data(tmp_path, "wordpress", "wp-content/uploads/2021/05/rock.png")

    said = import_twice(site)

    posts = {post.title: post for post in Post.objects.all()}
    assert {title: (post.path, post.status, post.category.name) for title, post in posts.items()} == {
        "潮だまり & 風": ("/2021/05/潮/", "published", "海"),
        "書きかけ": ("/blog/書きかけ", "draft", "Blog"),
        "秘密": ("/2022/02/secret/", "draft", "Blog"),
        "自分用": ("/2022/03/private/", "draft", "Blog"),
    }
    tide = posts["潮だまり & 風"]
    assert tide.body == (
        "はじめの段落。  \n改行した行。\n\n"
        '<figure><img src="/wp-content/uploads/2021/05/rock.png" alt="岩">'
        "<figcaption>図1 岩場</figcaption></figure>\n\n"
        "- 貝\n- 蟹\n\nhttps://www.youtube.com/watch?v=abcdefghijk\n\n"
        "引用[1] と [sic] はそのまま。[私たち](/about/)\n"
    )
    assert (tide.summary, [tag.name for tag in tide.tags.all()], bool(tide.cover)) == ("潮の話", ["岩, 石"], True)
    assert (str(tide.publish_at), tide.cover_alt) == ("2021-05-01 00:00:00+00:00", "岩場の写真")
    page = Page.objects.get()
    assert (page.path, page.body) == (
        "/about/",
        "三人です。\n\n| a | b |\n| --- | --- |\n\nhttps://www.youtube.com/watch?v=abcdefghijk\n",
    )
    episodes = {episode.title: episode for episode in Episode.objects.all()}
    assert {
        title: (each.number, each.path, each.audio_url, each.audio_seconds, each.audio_bytes)
        for title, each in episodes.items()
    } == {
        "風": (12, "/12", "https://audio.example/12.mp3", 620, 1234567),
        "予告編": (None, "/podcast/trailer/", "https://audio.example/trailer.mp3", 65, 2000),
    }
    assert [(row.starts_at, row.heading) for row in episodes["風"].sections.all()] == [(60, "風の話")]
    for old, new in {"/2021/06/12-winds/": "/12", "/2021/05/tide/": "/2021/05/%E6%BD%AE/"}.items():
        assert client.get(old, follow=True).redirect_chain[-1][0] == new
    assert "1: 2 comments are left out: this site shows none" in said["export.xml"]
    assert "1: it had a password, so it is a draft" in said["export.xml#secret"]
    assert "1: the shortcode contact-form is left out; text between its tags stays" in said["export.xml#潮"]
    there_and_back(tmp_path, settings)


def test_wordpress_export_that_is_no_xml_or_has_entities_is_refused(tmp_path):
    text = (DATA / "wordpress/export.xml").read_text()
    write_file(tmp_path, "dtd/a.xml", text.replace("<rss", '<!DOCTYPE rss [<!ENTITY a "b">]>\n<rss', 1))
    write_file(tmp_path, "open/a.xml", text.replace("</channel>", ""))

    (dtd,), (broken,) = import_all(tmp_path / "dtd"), import_all(tmp_path / "open")

    assert "文書型（rss）を宣言しています" in str(dtd.problem)
    assert "正しい XML ではありません" in str(broken.problem)


def test_notes_of_an_editor_become_posts_that_link_to_each_other(tmp_path, settings):
    site = copy_data(tmp_path, "notes", "潮/tide.png")

    said = import_twice(site)

    posts = {post.title: post for post in Post.objects.all()}
    assert {title: (post.path, post.status, post.category.name) for title, post in posts.items()} == {
        "潮だまりの観察": ("/潮/潮だまり", "draft", "潮"),
        "風": ("/潮/風", "draft", "潮"),
        "覚え書き": ("/blog/覚え書き", "draft", "Blog"),
    }
    assert posts["潮だまりの観察"].body == (
        "\n昨日の [風のメモ](/潮/風) と [風 › 強さ](/潮/風#強さ) の続き。まだないも。\n\n"
        "![](/潮/tide.png) <mark>大事</mark> \n\n> **満潮**\n>\n> 足元に注意。\n\n`[[コード]]` はそのまま。\n"
    )
    assert "1: a comment that no reader saw is left out" in said["潮/潮だまり.md"]
    there_and_back(tmp_path, settings)


def test_zip_with_one_folder_at_its_top_is_the_same_site(tmp_path):
    for kind, *pictures in (("hugo", "content/blog/tide/tide.png"), ("wordpress",), ("notes",), ("readmes",)):
        site = copy_data(tmp_path / "all", kind, *pictures)
        shutil.make_archive(str(tmp_path / f"{kind}-folder"), "zip", site)
        shutil.make_archive(str(tmp_path / f"{kind}-zip"), "zip", site.parent, kind)
        folder, packed = (
            {outcome.path for outcome in import_all(tmp_path / f"{kind}-{form}.zip", dry_run=True)}
            for form in ("folder", "zip")
        )
        if kind == "readmes":  # a course is called like its folder
            folder = {path.replace("readmes-folder", "readmes") for path in folder}
        assert packed == folder
        assert len(packed) > 2


def test_note_with_braces_keeps_them(tmp_path):
    write_file(tmp_path, "型.md", "`{{名前}}` と {{名前}} と {% x %}\n")

    import_all(tmp_path)

    assert Post.objects.get().body == "`{{名前}}` と {{名前}} と {% x %}\n"


def test_one_readme_a_folder_is_a_course(tmp_path, settings):
    site = copy_data(tmp_path, "readmes", "loop/fig/a.png")

    import_twice(site)

    course = Course.objects.get()
    assert (course.title, course.path, course.language) == ("数値計算入門", "/courses/readmes/", "ja")
    assert [(chapter.title, chapter.slug, chapter.position) for chapter in Chapter.objects.order_by("position")] == [
        ("くりかえし", "loop", 1),
        ("はじめに", "intro", 2),
    ]
    there_and_back(tmp_path, settings)


def test_single_file_with_nothing_that_says_what_it_is_is_refused_unless_somebody_says_it(tmp_path):
    path = write_file(tmp_path, "note.md", "ただの文です。\n")

    (refused,), (read,) = import_all(path), import_all(path, kind="markdown")

    assert "nothing says what kind of file this is" in str(refused.problem)
    assert (str(read.action), read.path) == ("created", "/blog/note")


def test_kind_is_in_the_first_line_and_can_be_said(tmp_path):
    site = copy_data(tmp_path, "hugo")
    (site / "content/broken.md").unlink()

    lines = run("import_content", site).splitlines()
    assert lines[0] == "hugo: a Hugo site"
    assert run("import_content", copy_data(tmp_path, "wordpress") / "export.xml").splitlines()[0] == (
        "export.xml: an export of WordPress"
    )
    said = run("import_content", copy_data(tmp_path, "notes"), "--kind=jekyll", "--dry-run", fails=True)
    assert said.startswith("notes: a Jekyll site\n")


def test_old_export_in_a_site_of_another_kind_does_not_hide_the_site(tmp_path):
    export = (DATA / "wordpress/export.xml").read_text()
    write_file(tmp_path, "site/_config.yml", "title: x\n")
    write_file(tmp_path, "site/about.md", "---\ntitle: 私たち\n---\nx\n")
    write_file(tmp_path, "site/old/export.xml", export)
    write_file(tmp_path, "blog/export.xml", export)
    write_file(tmp_path, "blog/memo.md", "x\n")

    assert actions(import_all(tmp_path / "site", dry_run=True)) == {"_config.yml": "created", "about.md": "created"}
    beside = next(outcome for outcome in import_all(tmp_path / "blog", dry_run=True) if outcome.file == "memo.md")
    assert "1 Markdown files beside the export are left out" in messages(beside)[0]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.xml", "<?xml version='1.0'?><rss><channel/></rss>", "this is a feed, not the files of a site; give it to"),
        ("a.xml", "<feed><id>tag:blogger.com,1999:x</id></feed>", "this is an export of Blogger; let a WordPress"),
        ("a.txt", "AUTHOR: a\nTITLE: b\nBASENAME: c\n-----\nBODY:\nd\n", "this is an export of Movable Type"),
        ("a.html", "<p>a</p>", "these are pages in HTML; write two lines of three dashes at the top of each"),
        ("a.json", '{"db": [{"meta": {}, "data": {"posts": []}}]}', "this is an export of Ghost; write each post"),
        (
            "a.rst",
            "Title\n=====\n",
            "these are documents of another format: .rst; write each of them as Markdown first",
        ),
    ],
)
def test_what_no_import_reads_is_answered_once_with_the_way_that_works(tmp_path, name, text, says):
    write_file(tmp_path, name, text)
    write_file(tmp_path, f"z-{name}", text)

    (outcome,) = import_all(tmp_path)

    assert f"{name}:1: {says}" in str(outcome.problem)

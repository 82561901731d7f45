"""A small site of a theme for podcasters: what is an episode, and where everything is afterwards."""

import pytest

from episodes.models import Episode, Speaker
from interaxion.sitewide.models import Page
from posts.models import Post
from tests.imports import actions, import_all, make_picture, write_file

pytestmark = pytest.mark.django_db

FILES = {
    "_config.yml": """\
title: 潮の研究室
url: https://old.example
permalink: /episode/:title
actors:
  minamo: {name: みなも, image_url: /img/minamo.png, url: 'https://minamo.example/'}
defaults:
  - {scope: {path: '', type: posts}, values: {layout: article}}
""",
    "_posts/2019-07-02-16.md": """\
---
actor_ids: [minamo, shibuki]
audio_file_path: https://audio.example/16.mp3
audio_file_size: 5000
duration: "01:00:01"
date: 2019-07-02 09:00:00 +0900
title: 16. 波の &quot;形&quot;
---
## 近況

- [図](/guide/)
""",
    "_posts/2019-07-09-tide-pool.html": "---\nlayout: post\n---\n<p>本文。</p>\n\n    <p>続き。</p>\n",
    "_posts/2019-07-16-tags.md": "---\nlayout: post\ntitle: 名前の話\n---\n本文。\n",
    "index.md": "---\nlayout: home\ntitle: はじめに\n---\nようこそ。\n",
    "index.html": "---\n---\n{% for post in paginator.posts %}{{ post.title }}{% endfor %}\n",
    "404.html": "---\npermalink: /404.html\n---\n<p>ありません。</p>\n",
    "about.html": (
        "---\ntitle: 私たち\n---\n<div>\n\n    <p>三人です。</p>\n\n<pre>a\n\nb</pre>\n</div>\n<script>x</script>\n"
    ),
    "guide/index.md": "---\ntitle: 案内\n---\n案内です。\n",
    "guide/one.md": "---\ntitle: その一\n---\n[戻る](index.md)\n",
    "license.md": "---\ntitle: ライセンス\npermalink: /license/\n---\nCC BY\n",
    "README.md": "# About the repository\n",
    "en/index.md": "---\ntitle: Welcome\n---\nWelcome.\n",
    "en/about.md": "---\ntitle: About\n---\nThree of us.\n",
}


def test_site_of_a_theme_comes_in_at_its_own_addresses(tmp_path, client):
    for name, text in FILES.items():
        write_file(tmp_path, name, text)
    write_file(tmp_path, "img/minamo.png", make_picture())

    first, second = actions(import_all(tmp_path)), actions(import_all(tmp_path))

    assert {name for name, action in first.items() if action != "created"} == {"index.html", "404.html"}
    assert not set(second.values()) & {"created", "updated", "failed"}
    episode = Episode.objects.get()
    assert (episode.number, episode.title, episode.path) == (16, '波の "形"', "/16")
    assert (episode.audio_url, episode.audio_seconds, episode.audio_bytes) == (
        "https://audio.example/16.mp3",
        3601,
        5000,
    )
    assert [str(appearance.speaker) for appearance in episode.appearances.all()] == ["みなも", "shibuki"]
    minamo = Speaker.objects.get(name="みなも")
    assert (minamo.links, bool(minamo.image)) == (["https://minamo.example/"], True)
    assert set(Post.objects.values_list("title", "path")) == {
        ("Tide Pool", "/episode/tide-pool"),
        ("名前の話", "/episode/tags"),
    }
    assert set(Page.objects.values_list("title", "path", "language")) == {
        ("はじめに", "/", "ja"), ("Welcome", "/en/", "en"), ("私たち", "/about.html", "ja"), ("案内", "/guide/", "ja"),
        ("その一", "/guide/one/", "ja"), ("ライセンス", "/license/", "ja"), ("About", "/about-en/", "en"),
    }  # fmt: skip
    about = Page.objects.get(path="/about.html")
    assert about.body == "三人です。\n\n```\na\n\nb\n```\n"
    answers = {
        path: client.get(path, follow=True) for path in ("/episode/16", "/about", "/en/about/", "/guide/one.html")
    }
    assert {path: (answer.status_code, answer.redirect_chain[-1][0]) for path, answer in answers.items()} == {
        "/episode/16": (200, "/16"),
        "/about": (200, "/about.html"),
        "/en/about/": (200, "/en/about.html"),
        "/guide/one.html": (200, "/guide/one/"),
    }
    fronts = {path: client.get(path).content.decode() for path in ("/", "/en/")}
    assert ["ようこそ。" in fronts["/"], "Welcome." in fronts["/"], "Welcome." in fronts["/en/"]] == [True, False, True]
    assert "<loc>http://testserver/en/en/</loc>" not in client.get("/sitemap-pages-1.xml").content.decode()

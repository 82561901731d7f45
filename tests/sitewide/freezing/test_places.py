"""Which file holds an address, and what a page looks like that has moved."""

import pytest

from interaxion.sitewide.freezing.following import find_addresses
from interaxion.sitewide.freezing.places import file_of, moved_page, with_policy

SITE = "https://example.org"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "index.html"),
        ("/57", "57.html"),
        ("/19-5", "19-5.html"),
        ("/episodes/", "episodes/index.html"),
        ("/en/", "en/index.html"),
        ("/57/embed", "57/embed.html"),
        ("/old/page.html", "old/page.html"),
        ("/old/page.HTM", "old/page.HTM"),
        ("/tags/%E5%AE%87%E5%AE%99/", "tags/宇宙/index.html"),
        ("/v1.0", "v1.0.html"),
    ],
)
def test_page_has_the_file_that_hosts_look_for(path, name):
    assert file_of(path, is_page=True) == name


@pytest.mark.parametrize("path", ["/feed.xml", "/57/chapters.json", "/assets/a%20b.png"])
def test_other_files_keep_their_name(path):
    assert file_of(path, is_page=False) == path[1:].replace("%20", " ")


@pytest.mark.parametrize("path", ["/../secret", "/a/%2e%2e/b", "/a//b", "/a%00", "/a%5Cb", "/" + "a" * 300])
def test_no_file_leaves_the_folder_or_breaks_it(path):
    assert file_of(path, is_page=True) is None


def test_page_that_moved_leads_on_without_a_script():
    page = moved_page("/57?a=1&b=2", language="ja", script="/static/moved.js")
    assert '<meta http-equiv="refresh" content="0; url=/57?a=1&amp;b=2">' in page
    assert '<a href="/57?a=1&amp;b=2">' in page
    assert '<html lang="ja">' in page


def test_policy_moves_into_the_page_without_what_browsers_ignore_there():
    headers = {"Content-Security-Policy": "default-src 'none'; img-src 'self'; frame-ancestors 'none'"}
    page = with_policy(b'<head><meta charset="utf-8"></head>', headers)
    assert b'content="default-src &#x27;none&#x27;; img-src &#x27;self&#x27;"' in page


@pytest.mark.parametrize(
    ("body", "content_type", "found"),
    [
        ('<a href="/57?t=90#x">', "text/html", ["/57?t=90"]),
        ('<img srcset="/media/a.png 1x, /media/b.png 2x" src=/media/a.png>', "text/html",
         ["/media/a.png", "/media/b.png", "/media/a.png"]),
        ('<div data-peaks="/media/p.bin">', "text/html", ["/media/p.bin"]),
        ('<meta content="https://example.org/cards/1.png">', "text/html", ["/cards/1.png"]),
        ('<a href="?year=2024"><a href="notes">', "text/html", ["/a/b?year=2024", "/a/notes"]),
        ('<form action="/search">', "text/html", []),
        ('<a href="https://example.org.evil/x"><a href="//other/x"><a href="mailto:a@b.c">', "text/html", []),
        ("@import url('x.css'); a{b:url(../c.svg)} d{e:url(data:,x)}", "text/css", ["/a/x.css", "/c.svg"]),
        ('import { a } from "./b.js"; import("/c.js");', "text/javascript", ["/a/b.js", "/c.js"]),
        ("<link>https://example.org/57</link><d>&lt;a href=&quot;https://example.org/1&quot;&gt;</d>",
         "application/rss+xml", ["/57", "/1"]),
        ('{"url": "https://example.org/57#t-1"}', "application/json", ["/57"]),
    ],
)  # fmt: skip
def test_addresses_of_our_own_site_are_found(body, content_type, found):
    assert list(find_addresses(body, content_type, "/a/b", SITE)) == found

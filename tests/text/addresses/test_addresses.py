import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.text.addresses import LONGEST_KEY, identify

OWN = {"show.example", "127.0.0.1:8000"}

#: Each row: a key, and its spellings.
SAME = [
    (
        "video:abcdefghijk",
        "https://youtu.be/abcdefghijk?si=xyz",
        "https://www.youtube.com/watch?v=abcdefghijk&t=90s",
        "https://m.youtube.com/watch?feature=share&v=abcdefghijk",
        "https://www.youtube-nocookie.com/embed/abcdefghijk",
        "https://www.youtube.com/shorts/abcdefghijk",
    ),
    (
        "tweet:1234567890",
        "https://twitter.com/someone/status/1234567890?ref_src=twsrc%5Etfw",
        "https://x.com/someone/status/1234567890/photo/1",
        "https://mobile.twitter.com/i/web/status/1234567890",
        "https://fxtwitter.com/someone/status/1234567890",
        "https://vxtwitter.com/someone/status/1234567890/en",
        "https://fixupx.com/someone/status/1234567890",
    ),
    (
        "url:example.org/a?x=1&y=2",
        "https://example.org/a?x=1&y=2",
        "http://www.example.org:80/a/?y=2&x=1&utm_source=feed#part",
        "HTTPS://EXAMPLE.org:443/a?x=1&fbclid=abc&y=2",
        "//example.org/%61?x=1&y=2&gclid=1",
    ),
    ("url:example.org", "https://example.org", "http://example.org/", "https://www.example.org/index.html#top"),
    ("url:example.org/app#!/music", "https://example.org/app#!/music"),
    (
        "url:example.org/a.cgi?13/p32.pdf",
        "https://example.org/a.cgi?13/p32.pdf",
        "https://example.org/a.cgi?13%2Fp32.pdf",
    ),
    ("url:example.org?q=%B8%F7", "https://example.org/?q=%b8%f7"),
    ("url:example.org/a.pdf", "https://example.org/a.pdf;jsessionid=C66C5F"),
    ("url:日本語.jp/a", "https://日本語.jp/a", "https://xn--wgv71a119e.jp/a"),
    ("url:example.org:8080/a", "http://example.org:8080/a/"),
    ("url:github.com/a/b?tag=1", "https://github.com/a/b?tag=1&utm_medium=x"),
    (
        "url:github.com/seleniumhq/selenium",
        "https://github.com/SeleniumHQ/selenium.git",
        "https://github.com/seleniumhq/Selenium/",
    ),
    ("url:github.com/a/b/tree/Main", "https://github.com/A/b/tree/Main"),
    ("url:x.com/i/events/1", "https://twitter.com/i/events/1?s=20", "https://mobile.twitter.com/i/events/1?t=a&s=09"),
    ("url:example.org?s=20", "https://example.org?s=20"),
    (
        "url:nicovideo.jp/watch/sm9",
        "https://nico.ms/sm9",
        "https://sp.nicovideo.jp/watch/sm9",
        "https://www.nicovideo.jp/watch/sm9?from=90&ref=x",
    ),
    (
        "url:sciencedirect.com/science/article/pii/S0168900220311244",
        "https://www.sciencedirect.com/science/article/pii/S0168900220311244?via=ihub",
        "https://www.sciencedirect.com/science/article/abs/pii/S0168900220311244?via%3Dihub",
        "https://www.sciencedirect.com/science/article/pii/S0168900220311244?dgcid=author",
    ),
    ("url:nytimes.com/2021/01/18/a.html", "https://www.nytimes.com/2021/01/18/a.html?smid=url-share"),
    ("url:huffingtonpost.jp/entry/a", "https://www.huffingtonpost.jp/entry/a?ncid=tweetlnkjphpmg00000001"),
    (
        "url:podcasts.apple.com/jp/podcast/a/id1?i=2",
        "https://podcasts.apple.com/jp/podcast/a/id1?i=2",
        "https://embed.podcasts.apple.com/jp/podcast/a/id1?i=2&amp;itsct=podcast_box&amp;itscg=30200",
    ),
    (
        "url:open.spotify.com/episode/a",
        "https://open.spotify.com/embed-podcast/episode/a",
        "https://open.spotify.com/intl-ja/episode/a?si=x",
    ),
    ("url:note.com/a/n/n1", "https://note.mu/a/n/n1", "https://note.com/a/n/n1?sub_rt=share_b"),
    (
        "url:ja.wikipedia.org/wiki/%E5%85%89",
        "https://ja.m.wikipedia.org/wiki/光",
        "https://ja.wikipedia.org/wiki/%e5%85%89?wprov=sfla1",
        "https://ja.wikipedia.org/w/index.php?title=%E5%85%89",
    ),
    (
        "url:en.wikipedia.org/wiki/C/2020_F3_(NEOWISE)",
        "https://en.wikipedia.org/wiki/C/2020_F3_(NEOWISE)",
        "https://en.wikipedia.org/wiki/C/2020 F3 (NEOWISE)",
        "https://en.wikipedia.org/w/index.php?title=C/2020+F3+(NEOWISE)",
    ),
    ("url:en.wikipedia.org/w?oldid=1&title=A", "https://en.wikipedia.org/w/index.php?title=A&oldid=1"),
    (
        "own:/57",
        "/57",
        "/57/#t-90",
        "https://show.example/57?t=90",
        "http://127.0.0.1:8000/57",
    ),
    ("own:/tags/光", "https://show.example/tags/%E5%85%89/", "/tags/光/"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "spelling"), [(key, spelling) for key, *spellings in SAME for spelling in spellings])
def test_every_spelling_has_the_same_key(key, spelling):
    assert identify(spelling, OWN).key == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/b"),
        ("https://example.org/?p=1", "https://example.org/?p=2"),
        ("https://example.org/a", "https://blog.example.org/a"),
        ("https://doi.org/10.1000/a", "https://doi.org/10.1000/b"),
        ("https://arxiv.org/abs/2301.00001", "https://arxiv.org/abs/2301.00002"),
        ("https://arxiv.org/abs/2301.00001", "https://arxiv.org/list/hep-th/new"),
        ("https://example.org/10.2020/guide", "https://doi.org/10.2020/guide"),
        ("https://github.com/a/b?ref=x", "https://github.com/a/b?ref=y"),
        (
            "https://doi.org/10.1002/(SICI)1097-461X(1996)60:6%3C1271::AID-QUA16%3E3.0.CO;2-W",
            "https://doi.org/10.1002/(SICI)1097-461X(1996)60:6%3C1359::AID-QUA2%3E3.0.CO;2-W",
        ),
        ("https://iopscience.iop.org/article/10.1088/0256-307X/38/1/011301", "https://doi.org/10.1088/0256-307X/38"),
        ("https://scipost.org/SciPostPhys.1.1.001", "https://scipost.org/SciPostPhys.1.1"),
        ("https://example.org/?tag=light", "https://example.org/?tag=sound"),
        ("https://example.org/?q=%B8%F7", "https://example.org/?q=%B2%BB"),
        ("https://github.com/a/b/blob/main/A", "https://github.com/a/b/blob/main/a"),
        ("https://en.wikipedia.org/w/index.php?title=A&oldid=1", "https://en.wikipedia.org/wiki/A"),
        ("https://straße.example/", "https://strasse.example/"),
    ],
)
def test_different_things_have_different_keys(one, other):
    assert identify(one).key != identify(other).key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#t-90",
        "mailto:a@example.org",
        "javascript:1",
        "ftp://example.org/",
        "57",
        "http://[",
        "https://",
        "https://a:b/",
        "https:// example.org/",
    ],
)
def test_text_that_is_no_web_address_has_no_key(text):
    assert identify(text) is None


def test_the_url_of_a_work_loses_only_meaningless_parts():
    assert identify("http://www.example.org/a/?utm_source=x#b").canonical_url == "http://www.example.org/a/"


@pytest.mark.parametrize(
    ("url", "opens_at"),
    [
        (
            "https://onlinelibrary.wiley.com/doi/10.1002/(SICI)1097-461X(1996)60:6<1271::AID-QUA16>3.0.CO;2-W",
            "https://doi.org/10.1002/(sici)1097-461x(1996)60:6%3C1271::aid-qua16%3E3.0.co;2-w",
        ),
        ("http://mobile.twitter.com/someone?s=20", "https://x.com/someone"),
        ("https://github.com/SeleniumHQ/selenium.git", "https://github.com/SeleniumHQ/selenium"),
        ("http://nico.ms/sm9", "https://www.nicovideo.jp/watch/sm9"),
        ("https://www.oreilly.co.jp/books/9784873117584/", "https://www.oreilly.co.jp/books/9784873117584/"),
        ("ISBN 978-4-06-153959-4", "https://openlibrary.org/isbn/9784061539594"),
        ("https://www.example.org/a.cgi?13/p32.pdf", "https://www.example.org/a.cgi?13/p32.pdf"),
    ],
)
def test_a_work_opens_at_the_address_that_its_site_uses(url, opens_at):
    assert identify(url).canonical_url == opens_at


def test_an_international_host_of_this_site_is_known_by_both_names():
    assert identify("https://xn--wgv71a119e.jp/57", {"日本語.jp"}) == identify("https://日本語.jp/57", {"日本語.jp"})
    assert identify("https://日本語.jp/57", {"xn--wgv71a119e.jp"}).kind == "own"


def test_a_long_address_has_a_key_that_fits():
    one, other = (identify("https://example.org/" + "あ" * 900 + end) for end in "xy")

    assert len(one.key) <= LONGEST_KEY
    assert one.key != other.key


PIECES = st.sampled_from(
    [
        "https://", "http://", "//", "www.", "example.org", "doi.org", "doi:", "arxiv.org", "arXiv:", "nature.com",
        "/articles/", "/doi/", "/abs/", "/pdf/", "10.1038/", "10.48550/arXiv.", "2301.00001", "hep-th/9901001", "v2",
        ".pdf", "/full", "?", "&", "=", "utm_source", "v", "#", "!/", "/", ":80", ":443", "youtu.be",
        "youtube.com/watch", "abcdefghijk", "x.com", "/status/", "123", "amazon.co.jp", "/dp/",
        "4061539590", "%E5%85%89", "光", "%2F",
        "%ff", "[::1]", "show.example", " ", "\n", ";", ".", "/isbn/", "index.html", "journals.plos.org", "biorxiv.org",
        "%3C", "<", ">", "/article/doi/", "10.1093/ptep/a1", "/5743211", "nature201", "sdata20161", "twitter.com",
        "github.com", "A/b.git", "&amp;", "amp%3B", "%3D", "%26", "+", "ja.wikipedia.org/w/index.php?title=",
        "xn--wgv71a119e.jp", "straße.de", "xn--strae-oqa.de", "scipost.org", "dl.acm.org", "?doid=", "nico.ms/sm9",
        "oreilly.co.jp/books/", "9784873117584", "open.spotify.com/embed", "en.m.wikipedia.org/wiki/", "%20",
    ]
)  # fmt: skip


@given(st.one_of(st.lists(PIECES, max_size=8).map("".join), st.text(max_size=40).map("https://example.org/".__add__)))
def test_identify_is_idempotent(url):
    identity = identify(url, OWN)

    if identity is not None:
        assert len(identity.key) <= LONGEST_KEY
        assert identify(identity.canonical_url, OWN) == identity

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.content.linking.addresses import LONGEST_KEY, identify, identify_words, says_nothing

OWN = {"show.example", "127.0.0.1:8000"}

#: Each row: one key, and spellings of it.
SAME = [
    (
        "doi:10.1038/s41586-020-2801-z",
        "https://doi.org/10.1038/s41586-020-2801-z",
        "http://dx.doi.org/10.1038/S41586-020-2801-Z",
        "doi:10.1038/s41586-020-2801-z",
        "DOI: 10.1038/s41586-020-2801-z",
        "https://doi.org/10.1038%2Fs41586-020-2801-z",
        "https://www.nature.com/articles/s41586-020-2801-z",
        "https://www.nature.com/articles/s41586-020-2801-z.pdf?proof=t",
        "https://nature.com/articles/s41586-020-2801-z#Fig1",
        "https://www.nature.com/articles/s41586-020-2801-z/figures/2",
    ),
    ("doi:10.1038/nature12345", "https://www.nature.com/nature/journal/v500/n7460/full/nature12345.html"),
    (
        "doi:10.1103/physrevlett.38.1440",
        "https://journals.aps.org/prl/abstract/10.1103/PhysRevLett.38.1440",
        "https://journals.aps.org/prl/pdf/10.1103/PhysRevLett.38.1440",
        "https://link.aps.org/doi/10.1103/PhysRevLett.38.1440",
    ),
    (
        "doi:10.1126/science.abc1234",
        "https://www.science.org/doi/10.1126/science.abc1234",
        "https://www.science.org/doi/full/10.1126/science.abc1234?af=R",
        "https://science.org/doi/pdf/10.1126/science.abc1234",
    ),
    ("doi:10.1088/1361-6633/ab3a7e", "https://iopscience.iop.org/article/10.1088/1361-6633/ab3a7e/pdf"),
    ("doi:10.3389/fphy.2020.00001", "https://www.frontiersin.org/articles/10.3389/fphy.2020.00001/full"),
    ("doi:10.1371/journal.pone.0000001", "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0000001"),
    ("doi:10.1101/2020.01.02.123456", "https://www.biorxiv.org/content/10.1101/2020.01.02.123456v2.full.pdf"),
    ("doi:10.5281/zenodo.123456", "https://zenodo.org/records/123456"),
    (
        "arxiv:2301.00001",
        "https://arxiv.org/abs/2301.00001",
        "http://arxiv.org/abs/2301.00001v3",
        "https://arxiv.org/pdf/2301.00001v1.pdf",
        "https://arxiv.org/pdf/2301.00001",
        "https://arxiv.org/html/2301.00001v2",
        "https://export.arxiv.org/abs/2301.00001",
        "https://ar5iv.labs.arxiv.org/html/2301.00001",
        "arXiv:2301.00001v2",
        "https://doi.org/10.48550/arXiv.2301.00001",
    ),
    ("arxiv:hep-th/9901001", "https://arxiv.org/abs/hep-th/9901001v2", "arXiv:hep-th/9901001"),
    ("arxiv:math/0309136", "https://arxiv.org/abs/math.GT/0309136", "https://arxiv.org/pdf/math/0309136.pdf"),
    (
        "isbn:9784061539594",
        "https://www.amazon.co.jp/dp/4061539590",
        "https://www.amazon.co.jp/本の題/dp/4061539590/ref=sr_1_1?tag=show-22",
        "https://amazon.com/gp/product/4061539590/",
        "ISBN 978-4-06-153959-4",
        "urn:isbn:4061539590",
        "https://openlibrary.org/isbn/9784061539594",
    ),
    ("asin:B00EXAMPLE", "https://www.amazon.co.jp/gp/aw/d/B00EXAMPLE", "https://amazon.com/dp/b00example?psc=1"),
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
    ("url:example.org:8080/a", "http://example.org:8080/a/"),
    ("url:github.com/a/b?tag=1", "https://github.com/a/b?tag=1&utm_medium=x"),
    ("url:ja.wikipedia.org/wiki/%E5%85%89", "https://ja.m.wikipedia.org/wiki/光", "https://ja.wikipedia.org/wiki/%e5%85%89"),
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
def test_every_spelling_has_the_one_key(key, spelling):
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
    ],
)
def test_what_is_no_address_of_the_web_has_no_key(text):
    assert identify(text) is None


def test_the_address_that_opens_a_work_loses_only_what_means_nothing():
    assert identify("http://www.example.org/a/?utm_source=x#b").canonical_url == "http://www.example.org/a/"


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
    ]
)  # fmt: skip


@given(st.one_of(st.lists(PIECES, max_size=8).map("".join), st.text(max_size=40).map("https://example.org/".__add__)))
def test_identifying_what_was_identified_changes_nothing(url):
    identity = identify(url, OWN)

    if identity is not None:
        assert len(identity.key) <= LONGEST_KEY
        assert identify(identity.canonical_url, OWN) == identity


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("10.1000/Paper", "10.1000/paper"),
        ("doi:10.1000/paper", "10.1000/paper"),
        ("2301.00001v2", "2301.00001"),
        ("hep-ph/0309136", "hep-ph/0309136"),
        ("978-4-06-153959-4", "9784061539594"),
        ("https://youtu.be/abcdefghijk", "abcdefghijk"),
        ("https://example.org/10.1000/paper", ""),
        ("https://x.com/a/status/12", ""),
    ],
)
def test_words_that_are_a_number_mean_its_work(words, number):
    assert identify_words(words).number == number


@pytest.mark.parametrize("words", ["", "19.5", "36", "2023", "10.5", "第3章", "LK-99", "TCP/IP", "978-4-06-153959-0"])
def test_other_words_are_no_number_of_a_work(words):
    assert identify_words(words) is None


@pytest.mark.parametrize(
    "words",
    [" 10.1000/paper", "https://example.org/a", "www.example.org", "arxiv.org/abs/2301.00001", "arXiv:2301.00001"],
)
def test_an_address_or_a_number_says_nothing(words):
    assert says_nothing(words)


@pytest.mark.parametrize("words", ["June 29, 2022", "sept. 1, 2021", "2022年6月29日", "2022-06-29"])
def test_a_date_says_nothing(words):
    assert says_nothing(words)


@pytest.mark.parametrize(
    "words", ["", "論文", "2022年の論文", "Node.js", "3.14 とは", "doi.org/ について", "A/B テスト", "arXiv"]
)
def test_other_words_say_something(words):
    assert not says_nothing(words)

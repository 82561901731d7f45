import pytest

from interaxion.text.addresses import identify_words, says_nothing


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("10.1000/Paper", "10.1000/paper"),
        ("doi:10.1000/paper", "10.1000/paper"),
        ("2301.00001v2", "2301.00001"),
        ("hep-ph/0309136", "hep-ph/0309136"),
        ("978-4-06-153959-4", "9784061539594"),
        ("https://youtu.be/abcdefghijk", "abcdefghijk"),
        ("doi 10.1000/paper", "10.1000/paper"),
        ("arXiv 1605.01735", "1605.01735"),
        ("doi.org/10.1038/s41586-020-2801-z", "10.1038/s41586-020-2801-z"),
        ("nature.com/articles/s41586-020-2801-z", "10.1038/s41586-020-2801-z"),
        (" www.nature.com/articles/s41586-020-2801-z", "10.1038/s41586-020-2801-z"),
        ("arxiv.org/abs/1812.05602", "1812.05602"),
        ("amazon.co.jp/dp/4061539590", "9784061539594"),
        ("youtu.be/abcdefghijk", "abcdefghijk"),
        ("https://example.org/10.1000/paper", ""),
        ("https://x.com/a/status/12", ""),
    ],
)
def test_words_that_are_a_number_mean_its_work(words, number):
    assert identify_words(words).number == number


@pytest.mark.parametrize(
    "words",
    [
        "", "19.5", "36", "2023", "10.5", "第3章", "LK-99", "TCP/IP", "978-4-06-153959-0", "node.js",
        "node.js/express", "A/B", "U.S./Japan", "U.S/Japan", "3141.5926", "10.1000/182 について", "example.org/a",
        "x.com/a/status/12", "arXiv quant-ph",
    ],
)  # fmt: skip
def test_other_words_are_no_number_of_a_work(words):
    assert identify_words(words) is None


@pytest.mark.parametrize(
    "words",
    [
        " 10.1000/paper", "https://example.org/a", "www.example.org", "arxiv.org/abs/2301.00001",
        "arXiv:2301.00001", "arXiv 1605.01735", "[1805.12345]", "（DOI: 10.1142/7885）", "https://t.co/rz0mlRKZU3",
        "pic.twitter.com/czaOb3FZ1F", "example.org/a",
    ],
)  # fmt: skip
def test_an_address_or_a_number_says_nothing(words):
    assert says_nothing(words)


@pytest.mark.parametrize("words", ["June 29, 2022", "sept. 1, 2021", "2022年6月29日", "2022-06-29", "(June 29, 2022)"])
def test_a_date_says_nothing(words):
    assert says_nothing(words)


@pytest.mark.parametrize(
    "words",
    [
        "", "→", "こちら", "ここ", "こちら！", "「こちら」", "リンク", "here", "Link", "論文", "原論文",
        "論文（PDF）", "プレプリント", "paper", "Preprint", "PDF", "［ＰＤＦ］", "DOI", "arXiv", "arXiv.org",
        "PDF (arXiv)", "source", "ソース", "出典", "参考", "補足資料", "Supporting Information",
        "Supplementary Materials", "Supplementary Movie S1", "Wiley", "Nature", "Science", "APS", "Springer",
        "SpringerLink", "Elsevier", "ScienceDirect", "ACS", "IOP", "IOPscience", "PNAS", "Cell", "J-STAGE",
        "YouTube", "Twitter", "X", "X (Twitter)", "Wikipedia", "Amazon", "Spotify", "GitHub", "note",
    ],
)  # fmt: skip
def test_words_that_point_or_name_a_site_say_nothing(words):
    assert says_nothing(words)


@pytest.mark.parametrize("words", ["1", "[1]", "(1)", "［１２］", "※1", "Ref. 12", "文献 3", "図1", "36"])
def test_a_number_of_a_reference_says_nothing(words):
    assert says_nothing(words)


@pytest.mark.parametrize("words", ["#wave", "#波のはなし", "＃線と波", "@minami_wave", "@name@social.example"])
def test_a_hashtag_or_an_account_says_nothing(words):
    assert says_nothing(words)


@pytest.mark.parametrize(
    "words",
    [
        "2022年の論文", "対象のpaper", "Node.js", "3.14 とは", "doi.org/ について", "A/B テスト", "1984", "C#",
        "LK-99", "三体", "Ep. 9", "テルミン - Wikipedia", "Nature Physics", "Data Science", "Materials Science",
        "Science of Cooking", "Note 10", "PDF の読み方", "GitHub Copilot", "Supplementary lecture",
        "10.1000/182 について", "Papers, Please", "#1 の話", "TCP/IP", "U.S./Japan", "U.S/Japan",
    ],
)  # fmt: skip
def test_other_words_say_something(words):
    assert not says_nothing(words)

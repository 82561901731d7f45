import pytest

from interaxion.web.page_titles import read_page_title, tidy_title


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<title>格子の話 - 物理</title>", "格子の話 - 物理"),
        ("<TITLE lang=ja>\n  格子 &amp; \n 振動 </TITLE>", "格子 & 振動"),
        ('<meta property="og:title" content="分け合う題"><title> </title>', "分け合う題"),
        ('<meta property="og:title" content="分け合う題"><title>窓の題</title>', "窓の題"),
        ("<p>題のない頁", ""),
        ("<svg><title>絵の題</title></svg>", ""),
        ("<title>閉じない", "閉じない"),
        ("<title>格子の話</title><![foo[ x", "格子の話"),
        ("", ""),
    ],
)
def test_page_title_is_that_of_the_tab(page, title):
    assert read_page_title(page.encode()) == title


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp"])
def test_page_title_is_read_in_the_encoding_of_the_page(encoding):
    page = f'<meta charset="{encoding.removesuffix("-sig")}"><title>格子の話、続き</title>'

    assert read_page_title(page.encode(encoding)) == "格子の話、続き"


def test_page_title_without_a_declared_encoding_is_still_read():
    assert read_page_title("<title>格子の話</title>".encode("euc_jp")) == "格子の話"
    assert read_page_title(b"<title>title \xff\xfe\xff</title>").startswith("title")


def test_tidy_title_is_one_visible_line_of_bounded_length():
    assert tidy_title(" a\n\tb\u202e\x00 ") == "a b"
    assert len(tidy_title("x" * 1000)) == 300

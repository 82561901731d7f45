"""Link texts that say nothing about the target: `こちら`, `PDF`, the name of a site, a date or an account."""

import re
import unicodedata

#: Each line is labelled by what such words name instead. Compared in lower case, whole or part by part: `論文 (PDF)`.
_TABLE = """
where: こちら, ここ, これ, こちらの論文, こちらの記事, この論文, この記事, 論文はこちら, 詳細はこちら, 詳細
where: リンク, リンク先
where: here, click here, link, links, url, this, this link, this paper, this article, the paper, more, read more
paper: 論文, 原論文, 元論文, プレプリント, 要旨, アブストラクト, 全文, 本文, 補足, 補足資料, スライド
paper: paper, article, preprint, pdf, pdf版, doi, abstract, full text, slide, slides, supporting information, si
source: ソース, 情報源, 出典, 引用元, 参考, 参考文献, 参考資料, 参照, 資料, 記事, 元記事, 動画, ツイート
source: source, sources, ref, reference, references, video, tweet
site: 公式, サイト, 公式サイト, ウェブサイト, ホームページ, website, web site, homepage, home page, official site
preprints: arxiv, arxiv.org, biorxiv, medrxiv, chemrxiv, zenodo, openreview
publisher: nature, nature.com, springer nature, springer, springerlink, elsevier, sciencedirect, science, science.org
publisher: wiley, wiley online library, cell, pnas, plos, plos one, aps, aip, acs, acs publications, rsc
publisher: iop, iopscience
publisher: oxford academic, taylor & francis, mdpi, frontiers, ieee xplore, acm digital library, j-stage, jstage
library: cinii, pubmed, researchgate, semantic scholar, google scholar, wikipedia, ウィキペディア
platform: youtube, twitter, 旧twitter, x, facebook, instagram, tiktok, spotify, apple podcasts, note, qiita, zenn
platform: github, hugging face, amazon, amazon.co.jp, アマゾン, gigazine
"""
_MEANINGLESS = frozenset(words for line in _TABLE.split("\n") for words in line.partition(": ")[2].split(", "))
_FORMS = re.compile(
    # The number of a reference or a figure.
    r"(?:(?:refs?|fig|figure|table|参考文献|参考|文献|注|図|表)\.?\s*)?\d{1,3}"
    # A hashtag, or the account of somebody in a social network.
    r"|#\S+|@[\w.@-]+"
    r"|supplement(?:ary|al) (?:data|figures?|files?|information|materials?|movies?|notes?|tables?|videos?)(?: s?\d+)?"
    # The date with which an embedded post links to the original.
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}, \d{4}"
    r"|\d{4}(?:年|[-/.])\d{1,2}(?:月|[-/.])\d{1,2}日?"
)
_BETWEEN = re.compile(r"[\s()\[\],:・/|+-]+")
#: The look-behind prevents quadratic time: a long run inside the words is not tried from each of its characters.
_AROUND = re.compile(r"^[\W_]+|(?<![\W_])[\W_]+$")
_BRACKETS = " \t\r\n()[]{}<>«»“”「」『』【】〈〉《》〔〕"


def without_brackets(text: str) -> str:
    """Return the words without brackets around them, in half width (NFKC): `［１］` → `1`."""
    return unicodedata.normalize("NFKC", text).strip(_BRACKETS)


def are_meaningless(text: str) -> bool:
    """Whether a text without its brackets is empty or meaningless."""
    words = text.casefold()
    bare = _bare(words)
    if _FORMS.fullmatch(words) or _FORMS.fullmatch(bare) or bare in _MEANINGLESS:
        return True
    return all(_bare(part) in _MEANINGLESS for part in _BETWEEN.split(words))


def _bare(words: str) -> str:
    return _AROUND.sub("", words)

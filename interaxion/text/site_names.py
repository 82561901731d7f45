"""The name of a site in the title of one of its pages: `Title - Nature`, `JAXA - 題名`, `題名｜NHK`."""

import re
import unicodedata
from urllib.parse import urlsplit

#: What stands between the title of a page and the name of its site. Without spaces only a bar does.
_SEPARATOR = re.compile(r"\s+[-–—‐|:/·]\s+|\s*[｜|]\s*")
#: Sites whose name is not in their address, by the end of the host.
_NAMES = {
    "aps.org": ("Physical Review Journals",),
    "asahi.com": ("朝日新聞", "朝日新聞デジタル"),
    "hatenablog.com": ("はてなブログ",),
    "jaxa.jp": ("宇宙航空研究開発機構",),
    "jst.go.jp": ("科学技術振興機構",),
    "kotobank.jp": ("コトバンク",),
    "kyoto-u.ac.jp": ("京都大学",),
    "mainichi.jp": ("毎日新聞",),
    "nao.ac.jp": ("国立天文台",),
    "nicovideo.jp": ("ニコニコ動画", "ニコニコ大百科"),
    "nikkei.com": ("日本経済新聞",),
    "nikkeibp.co.jp": ("ナショナルジオグラフィック日本版サイト", "ナショナルジオグラフィック"),
    "riken.jp": ("理化学研究所",),
    "science.org": ("AAAS",),
    "u-tokyo.ac.jp": ("東京大学",),
    "wikipedia.org": ("ウィキペディア", "Wikipedia, the free encyclopedia"),
    "yomiuri.co.jp": ("読売新聞", "読売新聞オンライン"),
}
#: Parts of a host that name no site.
_NO_NAMES = {"www", "com", "org", "net", "edu", "gov", "info", "blog", "news", "link", "site", "journals", "web"}
#: Characters of the shortest name that is looked for in an address.
_SHORTEST = 3
#: A site's name is among so many last parts of a title.
_MOST_PARTS = 5
#: Words of the longest name that only begins as its host does: `Nature Communications`.
_MOST_WORDS = 2


def without_site_name(title: str, url: str) -> str:
    """Return the title of the page at `url` without the name of its site, which must name the host of `url`.

    `Physics - Altermagnetism Then and Now` at physics.aps.org gives the second half; a title whose ends name nothing,
    such as `Phys. Rev. X 12 - A paper`, stays whole, and so does that of a front page.
    """
    address = urlsplit(url)
    host = (address.hostname or "").removeprefix("www.")
    separators = list(_SEPARATOR.finditer(title)) if address.path.strip("/") or address.query else []
    for separator in separators[-_MOST_PARTS:]:
        rest, name = title[: separator.start()].strip(), title[separator.end() :]
        first = _SEPARATOR.split(name)[0]
        if _is_its_name(first, host) or (len(name) < len(rest) and _begins_as(first, host)):
            return rest
    if separators:
        name, rest = title[: separators[0].start()], title[separators[0].end() :].strip()
        if len(name) < len(rest) and _is_its_name(name, host):
            return rest
    return title


def _is_its_name(name: str, host: str) -> bool:
    """Whether this is a name of the site: known as such, or in its address (`Quanta Magazine`, quantamagazine.org)."""
    letters = _letters(name)
    known = (_letters(each) for end, names in _NAMES.items() if _is_at(host, end) for each in names)
    is_in_address = len(letters) >= _SHORTEST and letters not in _NO_NAMES and letters in _letters(host)
    return is_in_address or letters in known


def _begins_as(name: str, host: str) -> bool:
    """Whether a short name begins as its host does: `Nature Communications`, `SpringerLink`, `NHK 北海道`."""
    words = name.split()
    labels = {_letters(label) for label in host.split(".")} - _NO_NAMES
    is_longer = any(len(label) > _SHORTEST and _letters(name).startswith(label) for label in labels)
    is_word = bool(words) and len(first := _letters(words[0])) >= _SHORTEST and first in labels
    return len(words) <= _MOST_WORDS and (is_longer or is_word)


def _is_at(host: str, end: str) -> bool:
    return host == end or host.endswith("." + end)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()

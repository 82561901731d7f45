"""The name of a site in the title of one of its pages: `Title - Nature`, `JAXA - 題名`, `題名｜NHK`."""

import re
import unicodedata
from urllib.parse import urlsplit

#: What stands between the title of a page and the name of its site. Without spaces only a bar does.
_SEPARATOR = re.compile(r"\s+[-–—‐|:/·]\s+|\s*[｜|]\s*")
#: Names of sites that are not in their address, and journals by their beginnings, by the end of the host.
_NAMES = {
    "academic.oup.com": (
        "Oxford Academic",
        "PTEP",
        "Progress of Theoretical",
        "Monthly Notices",
        "Publications of the",
    ),
    "acs.org": ("ACS", "Journal of the American Chemical", "The Journal of Physical Chemistry", "Nano Letters"),
    "aip.org": ("AIP", "Applied Physics Letters", "Journal of Applied Physics", "The Journal of Chemical Physics"),
    "annualreviews.org": ("Annual Review",),
    "aps.org": ("Physical Review", "PRX", "Reviews of Modern Physics"),
    "asahi.com": ("朝日新聞", "朝日新聞デジタル"),
    "astroarts.co.jp": ("アストロアーツ",),
    "bbc.com": ("BBCニュース",),
    "gizmodo.jp": ("ギズモード・ジャパン",),
    "hatenablog.com": ("はてなブログ",),
    "iop.org": ("Journal of Physics", "New Journal of Physics", "Physica Scripta", "The Astrophysical Journal"),
    "jaxa.jp": ("宇宙航空研究開発機構", "宇宙科学研究所"),
    "jps.jp": ("Journal of the Physical Society of Japan",),
    "jps.or.jp": ("日本物理学会", "一般社団法人 日本物理学会"),
    "jsps.go.jp": ("日本学術振興会",),
    "jst.go.jp": ("科学技術振興機構",),
    "kotobank.jp": ("コトバンク",),
    "kyoto-u.ac.jp": ("京都大学",),
    "mainichi.jp": ("毎日新聞",),
    "mynavi.jp": ("マイナビニュース", "TECH+"),
    "nao.ac.jp": ("国立天文台",),
    "nature.com": ("Nature Reviews", "Scientific Reports", "npj", "Communications Physics", "Communications Materials"),
    "nazology.net": ("ナゾロジー",),
    "ndl.go.jp": ("国立国会図書館", "国立国会図書館デジタルコレクション"),
    "nicovideo.jp": ("ニコニコ動画", "ニコニコ大百科"),
    "nikkei.com": ("日本経済新聞", "日経クロステック"),
    "nikkeibp.co.jp": ("ナショナルジオグラフィック日本版サイト", "ナショナルジオグラフィック"),
    "nytimes.com": ("The New York Times",),
    "osaka-u.ac.jp": ("大阪大学",),
    "pnas.org": ("Proceedings of the National Academy of Sciences",),
    "riken.jp": ("理化学研究所",),
    "science.org": ("AAAS",),
    "sciencemag.org": ("Science", "AAAS"),
    "titech.ac.jp": ("東京工業大学",),
    "toyokeizai.net": ("東洋経済オンライン",),
    "u-tokyo.ac.jp": ("東京大学",),
    "wikipedia.org": ("ウィキペディア", "Wikipedia, the free encyclopedia"),
    "yomiuri.co.jp": ("読売新聞", "読売新聞オンライン"),
}
#: The site of the publisher that registers the DOIs with this prefix: at doi.org the host names nobody.
_PUBLISHERS = {
    "10.1021": "acs.org", "10.1038": "nature.com", "10.1063": "aip.org", "10.1073": "pnas.org", "10.1088": "iop.org",
    "10.1093": "academic.oup.com", "10.1103": "aps.org", "10.1126": "science.org", "10.1143": "jps.jp",
    "10.1146": "annualreviews.org", "10.7566": "jps.jp",
}  # fmt: skip
_DOI = re.compile(r"/(10\.\d{4,9})/")
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
    if host in {"doi.org", "dx.doi.org"} and (doi := _DOI.match(address.path)):
        host = _PUBLISHERS.get(doi[1], host)
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
    """Whether this names the site or a part of it: known, or in its host (`Quanta Magazine`, quantamagazine.org)."""
    letters = _letters(name)
    is_in_address = len(letters) >= _SHORTEST and letters not in _NO_NAMES and letters in _letters(host)
    known = [each for end, names in _NAMES.items() if _is_at(host, end) for each in names]
    is_of_a_part = any(name.startswith(each) and not name[len(each) :][:1].isalnum() for each in known)
    return is_in_address or is_of_a_part or letters in map(_letters, known)


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

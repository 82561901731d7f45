"""Podcast apps, recognised by the address of a show's page. No Django."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

#: The beginning of the path of a show's page, by host without `www.`. Pages of single episodes do not match.
_SHOWS = {
    "podcasts.apple.com": r"/(?:\w\w/)?podcast/",
    "open.spotify.com": r"/(?:intl-\w+/)?show/",
    "music.amazon.com": r"/podcasts/",
    "music.amazon.co.jp": r"/podcasts/",
    "music.youtube.com": r"/(?:playlist|channel/|@)",
    "overcast.fm": r"/(?:itunes|p)\d",
    "pca.st": r"/(?!episode/)\w",
    "pocketcasts.com": r"/podcasts?/",
    "castbox.fm": r"/channel/",
    "castro.fm": r"/(?:podcast|itunes)/",
    "podcastaddict.com": r"/podcast/",
    "player.fm": r"/series/",
    "deezer.com": r"/(?:\w\w/)?show/",
    "listen.style": r"/p/[^/]+/?$",
    "stand.fm": r"/channels/",
    "voicy.jp": r"/channel/\d+/?$",
    "radiotalk.jp": r"/program/",
    "tunein.com": r"/podcasts/",
    "iheart.com": r"/podcast/",
    "goodpods.com": r"/podcasts/",
    "podchaser.com": r"/podcasts/",
    "fountain.fm": r"/show/",
}
#: A page with links to fewer apps is no page about how to listen.
FEWEST = 2


def find_show_pages(urls: Iterable[str]) -> list[str]:
    """Return the pages of a show in apps among these addresses, one for each app; none if there are too few."""
    pages: dict[str, str] = {}
    for url in urls:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        if parts.scheme in {"http", "https"} and re.match(_SHOWS.get(host, "(?!)"), parts.path):
            pages.setdefault(host, parts._replace(scheme="https").geturl())
    return list(pages.values()) if len(pages) >= FEWEST else []

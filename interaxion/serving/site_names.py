"""Names that people call web sites by."""

from urllib.parse import urlsplit

#: Names of the sites where podcasts and researchers are found, by host.
SITE_NAMES = {
    "amazon.com": "Amazon Music",
    "bsky.app": "Bluesky",
    "castbox.fm": "Castbox",
    "castro.fm": "Castro",
    "deezer.com": "Deezer",
    "fountain.fm": "Fountain",
    "github.com": "GitHub",
    "goodpods.com": "Goodpods",
    "iheart.com": "iHeart",
    "listen.style": "LISTEN",
    "music.amazon.co.jp": "Amazon Music",
    "music.amazon.com": "Amazon Music",
    "music.youtube.com": "YouTube Music",
    "open.spotify.com": "Spotify",
    "orcid.org": "ORCID",
    "overcast.fm": "Overcast",
    "pca.st": "Pocket Casts",
    "player.fm": "Player FM",
    "pocketcasts.com": "Pocket Casts",
    "podcastaddict.com": "Podcast Addict",
    "podcasts.apple.com": "Apple Podcasts",
    "podchaser.com": "Podchaser",
    "radiotalk.jp": "Radiotalk",
    "scholar.google.com": "Google Scholar",
    "stand.fm": "stand.fm",
    "tunein.com": "TuneIn",
    "twitter.com": "X",
    "voicy.jp": "Voicy",
    "x.com": "X",
    "youtube.com": "YouTube",
}


def host(url: str) -> str:
    """Return the host of a URL without `www.`."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def site_name(url: str) -> str:
    """Return what people call the site of a URL: a name from the table, else its host."""
    return SITE_NAMES.get(host(url), host(url))

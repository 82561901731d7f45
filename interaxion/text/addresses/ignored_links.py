"""The furniture of social networks: front pages, profiles, hashtags, and addresses that only stand for others.

Many things link to them, and no such link tells what is spoken of. Shorteners that people choose themselves are not
among them: behind `amzn.to` is a book.
"""

import re

#: The front page, or a name behind it.
_NAME = r"(?:/[^/]*)?/?"
_FURNITURE = {
    host: re.compile(path)
    for host, path in {
        "t.co": r".*",
        "pic.twitter.com": r".*",
        "pic.x.com": r".*",
        "x.com": rf"{_NAME}|/(?:hashtag|intent|share)/.*|/[^/]+/(?:with_replies|media|likes|followers|following)/?",
        "bsky.app": r"/?|/profile/[^/]+/?|/hashtag/.*",
        "facebook.com": rf"(?!/(?:watch|photo|\w+\.php)\b){_NAME}|/profile\.php|/(?:hashtag|people|pages)/.*",
        "github.com": rf"{_NAME}|/orgs/[^/]+(?:/(?:repositories|people))?/?|/topics/.*",
        "instagram.com": rf"{_NAME}|/explore/.*",
        "note.com": rf"{_NAME}|/hashtag/.*",
        "threads.com": _NAME,
        "threads.net": _NAME,
        "tiktok.com": rf"{_NAME}|/tag/.*",
        "youtube.com": r"/?|/@[^/]+(?:/.*)?|/(?:channel|c|user|hashtag)/.*|/results",
    }.items()
}


def is_furniture(host: str, path: str) -> bool:
    """Whether this page, its host without `www.`, is such a one."""
    known = _FURNITURE.get(host)
    return bool(known and known.fullmatch(path))

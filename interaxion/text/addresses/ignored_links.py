"""Links to ignore (boilerplate of social networks): front pages, profiles, hashtags, and automatic short URLs.

Many texts link to them, and no such link says what the text is about. Shorteners that people use on purpose are not
ignored: behind `amzn.to` is a book.
"""

import re

#: The front page, or a user name after it.
_NAME = r"(?:/[^/]*)?/?"
_IGNORED = {
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


def is_ignored_link(host: str, path: str) -> bool:
    """Whether a link to this page is ignored; `host` is without `www.`."""
    pattern = _IGNORED.get(host)
    return bool(pattern and pattern.fullmatch(path))

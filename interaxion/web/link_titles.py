"""Fetch the titles of URLs, from the best source: arXiv, Crossref, YouTube or X by their APIs, else the page itself.

Every request goes through `ask`, which is the SSRF guard. Without an answer there is no title.
"""

import json
import re
import time
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from interaxion.text.addresses import WorkIdentity, identify
from interaxion.web.page_titles import read_page_title, tidy_title
from interaxion.web.ssrf_guard import Fetched, FetchFailed

SECONDS = 8.0  # for all URLs together
AT_ONCE = 4  # requests in parallel
MOST_BYTES = 3_000_000

#: Fetches a URL within so many seconds. Raises FetchRefused, FetchFailed.
Ask = Callable[[str, float], Fetched]
_Get = Callable[[str], Fetched]


def find_titles(urls: Collection[str], ask: Ask) -> dict[str, str]:
    """Return the title of each URL that answers in time, by URL."""
    ends_at = time.monotonic() + SECONDS
    pool = ThreadPoolExecutor(AT_ONCE)
    jobs = {pool.submit(find_title, url, lambda address: ask(address, ends_at - time.monotonic())): url for url in urls}
    done, _late = wait(jobs, timeout=SECONDS)
    pool.shutdown(wait=False, cancel_futures=True)
    titles = {jobs[job]: job.result() for job in done if not job.cancelled()}
    return {url: title for url, title in titles.items() if title}


def find_title(url: str, get: _Get) -> str:
    """Return the title of one URL; "" if no source knows it."""
    identity = identify(url)
    if identity is None:
        return ""
    sources = [partial(source, identity) for source in _BY_KIND.get(identity.kind, ())]
    for source in (*sources, partial(_page_title, url)):
        try:
            if title := tidy_title(source(get)):
                return title
        except (FetchFailed, ValueError, KeyError, IndexError, TypeError):
            continue  # refused, not found, or an unknown format
    return ""


def _arxiv_title(identity: WorkIdentity, get: _Get) -> str:
    """https://info.arxiv.org/help/robots.html: programs should use the export site."""
    title = _page_title("https://export.arxiv.org/abs/" + identity.key.partition(":")[2], get)
    return re.sub(r"^\[[^\]]+\]\s*", "", title)


def _doi_title(identity: WorkIdentity, get: _Get) -> str:
    """Title and journal from https://api.crossref.org. A DOI of another registrar falls back to the article's page."""
    work = _json("https://api.crossref.org/works/" + quote(identity.key.partition(":")[2], safe=""), get)["message"]
    title = re.sub(r"<[^>]*>", "", work["title"][0])
    journal = (work.get("container-title") or [""])[0]
    return f"{title} - {journal}" if journal else title


def _video_title(identity: WorkIdentity, get: _Get) -> str:
    """The title by https://oembed.com, spelled like that of the video's page."""
    parameters = urlencode({"url": identity.canonical_url, "format": "json"})
    return f"{_json('https://www.youtube.com/oembed?' + parameters, get)['title']} - YouTube"


def _tweet_title(identity: WorkIdentity, get: _Get) -> str:
    parameters = urlencode({"url": identity.canonical_url, "omit_script": "1"})
    answer = _json("https://publish.x.com/oembed?" + parameters, get)
    paragraph = re.search(r"<p[^>]*>(.*?)</p>", answer["html"], re.DOTALL)
    words = read_page_title(f"<title>{re.sub('<[^>]*>', ' ', paragraph[1])}</title>".encode()) if paragraph else ""
    return f"{answer['author_name']}: {words}" if words else f"{answer['author_name']} - X"


def _page_title(url: str, get: _Get) -> str:
    answer = get(url)
    if answer.status != 200 or answer.content_type not in {"text/html", "application/xhtml+xml"}:
        return ""
    return read_page_title(answer.body)


def _json(url: str, get: _Get) -> Any:
    answer = get(url)
    if answer.status != 200:
        raise FetchFailed("%(url)s: %(status)s", url=url, status=answer.status)
    return json.loads(answer.body)


_BY_KIND: dict[str, tuple[Callable[[WorkIdentity, _Get], str], ...]] = {
    "arxiv": (_arxiv_title,),
    "doi": (_doi_title,),
    "video": (_video_title,),
    "tweet": (_tweet_title,),
}

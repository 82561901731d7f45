"""Works that may be one: addresses that lead to the same page, and forms of one paper. Editors decide; nobody guesses.

A link check keeps where an address leads (`LinkStatus.final_url`): a short link, or a page that has moved. A record
states which preprint belongs to which paper.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import F

from interaxion.content.linking.health import LinkState, LinkStatus
from interaxion.content.linking.works import StatedForm, Work
from interaxion.text.addresses import CITED_KINDS, NAMED_KINDS, WorkIdentity, identify
from interaxion.web.answers import has_moved
from interaxion.web.probing import GONE

#: Where a site sends those whom it does not show the page: to its front page, or to one of these.
_ELSEWHERE = re.compile(
    r"\b(?:log-?in|sign-?in|sso|auth|consent|captcha|challenge|errors?|not-?found|404|sorry|unavailable|expired)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class SameWorks:
    """Works of which it is stated that they are one: `works` become part of that with this identity."""

    identity: WorkIdentity
    works: tuple[Work, ...]
    #: The one that stays; None if it is yet to be made.
    into: Work | None
    #: Whether a record says so; else it is where their addresses lead.
    is_stated: bool = False

    @property
    def token(self) -> str:
        """Return what a form sends back: others than those that were seen are not merged."""
        return " ".join([self.identity.key, *(str(work.pk) for work in self.works)])


def find_same_works() -> list[SameWorks]:
    return [*_leading_to_one(), *_stated_to_be_one()]


def _leading_to_one() -> Iterator[SameWorks]:
    targets: dict[str, WorkIdentity] = {}
    sources: dict[str, set[str]] = defaultdict(set)
    moved = LinkStatus.objects.exclude(final_url="").exclude(final_url=F("url")).exclude(state=LinkState.DEAD)
    for url, final_url in moved.exclude(code__in=GONE).order_by("url").values_list("url", "final_url"):
        source, target = identify(url), identify(final_url)
        if source and target and target.is_work and has_moved(url, final_url) and not _is_elsewhere(final_url):
            targets[target.key] = target
            sources[target.key].add(source.key)
    known = _works_by_key({*targets, *(key for keys in sources.values() for key in keys)})
    for key, target in targets.items():
        into = known.get(key)
        leading = {work.pk: work for each in sorted(sources[key]) if (work := known.get(each)) and work != into}
        works = sorted(leading.values(), key=lambda work: work.pk)
        if into is None and target.kind not in NAMED_KINDS and works:
            into, *works = works  # a page of the web needs no name of its own
        if works:
            yield SameWorks(target, tuple(works), into)


def _stated_to_be_one() -> Iterator[SameWorks]:
    rows = StatedForm.objects.filter(work__merged_into=None).select_related("work").order_by("pk")
    known = _works_by_key({row.key for row in rows})
    seen = set()
    for row in rows:
        other = known.get(row.key)
        pair = {row.work, other}
        if other is None or other == row.work or frozenset(pair) in seen:
            continue
        seen.add(frozenset(pair))
        paper, preprint = sorted(pair, key=lambda work: (work.kind == "arxiv", work.kind not in CITED_KINDS, work.pk))
        if identity := identify(paper.url):
            yield SameWorks(identity, (preprint,), paper, is_stated=True)


def _works_by_key(keys: set[str]) -> dict[str, Work]:
    """Return the works with these keys; for one that was merged that of which it is a part."""
    found: dict[str, Work] = {}
    waiting = sorted(keys)
    while waiting:  # databases limit the parameters of a query
        chunk, waiting = waiting[:500], waiting[500:]
        works = Work.objects.filter(key__in=chunk).select_related("merged_into")
        found |= {work.key: work.merged_into or work for work in works}
    return found


def _is_elsewhere(url: str) -> bool:
    parts = urlsplit(url)
    is_front_page = not parts.path.strip("/") and not parts.query
    return is_front_page or bool(_ELSEWHERE.search(parts.path))

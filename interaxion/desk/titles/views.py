"""For the Markdown editor: the titles of pasted addresses, and where they were discussed before."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from django.views import View

from interaxion.content import paths
from interaxion.content.linking.link_places import own_hosts, own_path_of
from interaxion.content.linking.links import Link
from interaxion.content.linking.mentions import find_mentions
from interaxion.content.linking.works import Work
from interaxion.content.publishing.publishable import Publishable, kinds
from interaxion.desk.titles.markdownx_views import refuse
from interaxion.serving.rate_limit import Throttle
from interaxion.text.addresses import identify
from interaxion.text.characters import FORBIDDEN
from interaxion.text.link_words import spell_link_words
from interaxion.text.times import spell_time
from interaxion.web.link_titles import MOST_BYTES, find_titles
from interaxion.web.page_titles import tidy_title
from interaxion.web.ssrf_guard import Fetched, IPNetwork, fetch

MOST_URLS = 20
ASKED = Throttle("titles", most=120, window=60)
MOST_PLACES = 3


class TitlesView(View):
    """POST up to twenty `url`. The answer is `{"titles": {url: Markdown}, "before": {url: [{"words", "url"}]}}`.

    Pages of other sites are fetched through the SSRF guard, within a rate limit for each account.
    """

    http_method_names = ["post"]
    #: Networks that the SSRF guard lets through besides the public ones: only in tests.
    allowed_networks: tuple[IPNetwork, ...] = ()

    def post(self, request: HttpRequest) -> HttpResponse:
        if not any(request.user.has_perm(f"{kind._meta.app_label}.change_{kind._meta.model_name}") for kind in kinds()):
            raise PermissionDenied
        urls = list(dict.fromkeys(FORBIDDEN.sub("", url) for url in request.POST.getlist("url")))
        if not 0 < len(urls) <= MOST_URLS:
            return refuse(gettext("Ask for one to %(most)d addresses at once.") % {"most": MOST_URLS})
        if ASKED.count(str(request.user.pk), by=len(urls)) > ASKED.most:
            return refuse(gettext("Too many addresses in one minute. They stay as they are."), status=429)
        hosts = {urlsplit(settings.SITE_URL).netloc.lower(), request.get_host()}
        own = {url: path for url in urls if (path := own_path(url, hosts)) is not None}
        titles = {url: own_title(path, request.user) for url, path in own.items()}
        titles |= find_titles([url for url in urls if url not in own], self.ask)
        return JsonResponse(
            {
                "titles": {url: spell_link_words(title) for url, title in titles.items() if title},
                "before": {url: places for url in urls if (places := find_places(url))},
            },
            json_dumps_params={"ensure_ascii": False},
        )

    def ask(self, url: str, seconds: float) -> Fetched:
        return fetch(url, most_bytes=MOST_BYTES, seconds=seconds, allowed_networks=self.allowed_networks)


def own_path(url: str, hosts: Collection[str]) -> str | None:
    """Return the path if `url` is on this site, which is at `hosts`; None for other sites."""
    identity = identify(url, hosts)
    return own_path_of(identity.key) if identity and identity.kind == "own" else None


def own_title(path: str, user: Any) -> str:
    """Return the title of the page at a path of this site; "" if neither visitors nor this user may see it."""
    row = paths.find_path(path) if path else None
    thing = row.target if row else None
    if thing is None:
        return ""
    is_public = not isinstance(thing, Publishable) or thing.is_live()
    if not is_public and not user.has_perm(f"{thing._meta.app_label}.view_{thing._meta.model_name}"):
        return ""
    return tidy_title(str(thing))


def find_places(url: str) -> list[dict[str, str]]:
    """Return where live content discussed the work at `url`, the newest first."""
    identity = identify(url, own_hosts())
    work = Work.objects.filter(key=identity.key).select_related("merged_into").first() if identity else None
    if work is None:
        return []
    first_by_owner: dict[tuple[int, int], Link] = {}
    for link in find_mentions(work.merged_into or work):
        first_by_owner.setdefault(link.owner, link)
    return [
        {"words": _spell_place(link), "url": link.get_absolute_url()}
        for link in [*first_by_owner.values()][:MOST_PLACES]
    ]


def _spell_place(link: Link) -> str:
    """Return `36 at 1:02:10`: an episode by its number, other content by its title."""
    name = getattr(link.target, "spelled_number", "") or link.title
    if link.starts_at is None:
        return name
    return gettext("%(thing)s at %(time)s") % {"thing": name, "time": spell_time(link.starts_at)}

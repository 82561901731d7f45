"""Making the page of a thing, with its trace."""

import gzip
from functools import cache
from typing import Any
from urllib.parse import unquote

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import override

from interaxion.content.parts.registry import parts_key
from interaxion.content.publishing.addressed_row import AddressedRow
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.site_state import known_zone
from interaxion.serving.public_pages import LEVEL, NOT_KEPT
from interaxion.sitewide.asking import Site
from interaxion.sitewide.stored_pages.trace import recording

#: Whatever has an address of its own.
Addressed = Publishable | AddressedRow
#: The header that changes with every change of the site: a request adds the present one.
ETAG = "ETag"


def make_page(thing: Addressed) -> dict[str, Any] | None:
    """Return the columns of the stored page of `thing`, in its own language.

    None if visitors get no page, or if a query was asked that is not a prepared one, as for a part that is missing: no
    trace holds it, so nobody would know how long the page is right.
    """
    ContentType.objects.get_for_models(*apps.get_models())  # a process asks for them once, and no trace needs them
    with override(getattr(thing, "language", settings.LANGUAGE_CODE)):
        address = thing.get_absolute_url()
    with recording() as trace, _site().ask(address, is_made_anew=True) as response:
        if not getattr(response, "is_public", False) or not trace.is_whole:
            return None
        headers = {name: value for name, value in response.headers.items() if name not in {ETAG, *NOT_KEPT}}
        body = gzip.compress(response.content, compresslevel=LEVEL, mtime=0)
        etag = response.headers[ETAG]
    return {
        "address": unquote(address),
        "key": page_key(),
        "etag": etag,
        "calls": trace.calls,
        "headers": headers,
        "body": body,
    }


def page_key() -> str:
    """Return what every page is made with: the release, the addresses of site and media, and the time zone.

    For the time after the state of the site was read, which tells the time zone.
    """
    return f"{parts_key()} {known_zone.get() or ''}"


@cache
def _site() -> Site:
    return Site()

"""Whether the old address of each imported document answers here."""

from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Model
from django.urls import Resolver404, resolve
from django.utils.translation import override

from interaxion.content.importing.editions import split_language
from interaxion.content.importing.inputs import ImportInputs, Place
from interaxion.content.paths import CONTENT_VIEW, Path, normalise
from interaxion.content.publishing.publishable import Publishable
from interaxion.sitewide.importing.page_addresses import address_on_old_site
from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.jekyll.keys import is_draft, text_of
from interaxion.text.jekyll.permalinks import STYLES, address_of

#: The most addresses of one query.
CHUNK = 500


def old_address_of(document: SourceDocument, place: Place, inputs: ImportInputs) -> str:
    """Return the address that Jekyll gave to the document; "" if it gave it none."""
    if not place.is_in_site or not document.has_front_matter or is_draft(document):
        return ""
    if not place.is_dated:
        old = address_on_old_site(document, place, inputs).old
        return "" if normalise(old) in ("/404", "/404.html") else old
    pattern = text_of(document, "permalink") or inputs.permalink
    return address_of(document, STYLES.get(pattern, pattern), place.folders)


def find_answering(addresses: Iterable[str]) -> set[str]:
    """Return those of the addresses that show something live, lead to it, or belong to a page of every site."""
    by_path = defaultdict(set)
    for address in addresses:
        by_path[normalise(split_language(address)[1])].add(address)
    paths, answering = list(by_path), set()
    for start in range(0, len(paths), CHUNK):
        rows = Path.objects.filter(path__in=paths[start : start + CHUNK]).select_related("content_type")
        holders = defaultdict(set)
        for row in rows:
            holders[row.content_type.model_class()].add(row.object_id)
        live = {(kind, pk) for kind, pks in holders.items() for pk in _live(kind, pks)}
        answering |= {row.path for row in rows if (row.content_type.model_class(), row.object_id) in live}
    answering |= {path for path in paths if path not in answering and _is_fixed(path)}
    return {address for path in answering for address in by_path[path]}


def _live(kind: type[Model], pks: set[int]) -> Iterable[int]:
    if not issubclass(kind, Publishable):
        return pks
    return kind.objects.live().filter(pk__in=pks).values_list("pk", flat=True)


def _is_fixed(path: str) -> bool:
    with override(settings.LANGUAGE_CODE):
        for spelling in (path, f"{path.rstrip('/')}/"):
            try:
                if resolve(spelling).url_name != CONTENT_VIEW:
                    return True
            except Resolver404:
                continue
    return False

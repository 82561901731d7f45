"""Pictures of other sites in imported texts, fetched and kept here. The texts stay as their authors wrote them.

The renderer shows a link where it has no picture (`remote-image`), and a copy where there is one (`address_of_copy`).
"""

import re
import tempfile
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q

from interaxion.content import paths
from interaxion.content.checks.problem_counts import count_problems
from interaxion.content.files.limits import MOST_PICTURE_BYTES
from interaxion.content.files.models import SVG_TYPE, StoredFile, store_file
from interaxion.content.files.picture_encoding import reencode
from interaxion.content.files.pictures import hash_name
from interaxion.content.files.stored_files import address_of_copy
from interaxion.content.importing.imported import ImportedFile
from interaxion.content.importing.links import PICTURE_SUFFIXES
from interaxion.content.importing.outcome import WantedPicture
from interaxion.content.importing.saving import follow_still
from interaxion.content.publishing.publishable import Publishable, kinds
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.reasons import spell_reason
from interaxion.content.saving.deriving import derive
from interaxion.content.saving.storing import note_change, store
from interaxion.text.markdown.html.embeds import still_url
from interaxion.web.downloads import download
from interaxion.web.ssrf_guard import FetchFailed, FetchRefused, IPNetwork

#: Of one picture.
SECONDS = 30.0
#: How a picture of another site is rendered.
REMOTE = '<a class="remote-image" href="'
#: The card of a player, of a site that has pictures of its videos.
WITH_STILL = '<figure class="embed" data-provider="youtube"'
_CARD = re.compile(r'<figure class="embed" data-provider="(\w+)" data-embed="([^"]*)"[^>]*><a [^>]*>(?!<img)')
_REMOTE = re.compile(REMOTE + '([^"]+)"')


def find_remote_pictures() -> Iterator[tuple[Publishable, list[str]]]:
    """Yield each imported thing that shows pictures as links to other sites, with the addresses of these."""
    for kind in kinds():
        imported = ImportedFile.objects.filter(content_type=ContentType.objects.get_for_model(kind))
        things = kind.objects.filter(deleted_at=None, pk__in=imported.values("object_id"))
        for thing in things.filter(Q(html__contains=REMOTE) | Q(html__contains=WITH_STILL)).order_by("pk"):
            pictures = [unescape(address) for address in _REMOTE.findall(thing.html)]
            if wanted := list(dict.fromkeys([*pictures, *lacking_stills(thing.html)])):
                yield thing, wanted


def lacking_stills(html: str) -> list[str]:
    """Return the addresses of the pictures that the cards of videos in a stored text lack."""
    return list(filter(None, (still_url(provider, unescape(id)) for provider, id in _CARD.findall(html))))


def fetch_picture(url: str, *, allowed_networks: Sequence[IPNetwork] = ()) -> StoredFile:
    """Keep a copy of the picture, for the texts that show it; idempotent.

    `allowed_networks` pass the guard besides the public ones. Raises FetchRefused, FetchFailed, and ValidationError for
    what is no picture.
    """
    row = paths.find_path(address_of_copy(url))
    if row and isinstance(row.target, StoredFile):
        return row.target  # a job that was left in between has fetched it
    data, content_type = _download(url, allowed_networks)
    with transaction.atomic():
        SiteState.lock()
        stored = store_file(_name_of(url, content_type), data)
        paths.claim_old(stored, address_of_copy(url))
    return stored


def fill_field(wanted: WantedPicture, *, allowed_networks: Sequence[IPNetwork] = ()) -> bool:
    """Fetch the picture into its field, if that is still empty; return whether it was. Raises as `fetch_picture`."""
    row = _find(wanted)
    if row is None or getattr(row, wanted.field):
        return False
    data, _type = _download(wanted.url, allowed_networks)
    picture = reencode(data, longest_side=row._meta.get_field(wanted.field).longest_side, is_still=True)
    name = f"pictures/{hash_name(picture.data, picture.suffix)}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(picture.data))
    with transaction.atomic():
        SiteState.lock()
        row = _find(wanted)
        if row is None or getattr(row, wanted.field):
            return False
        setattr(row, wanted.field, name)
        if isinstance(row, Publishable):
            before = row.version
            store(row, user=None, note=wanted.url)
            follow_still(row, before)  # an import leaves a picture that its file does not name here
        else:
            row.full_clean()
            row.save()
            note_change()
    return True


def _find(wanted: WantedPicture) -> Any:
    return apps.get_model(wanted.model)._default_manager.filter(pk=wanted.pk).first()


def _download(url: str, allowed_networks: Sequence[IPNetwork]) -> tuple[bytes, str]:
    """Return the bytes and the content type of a picture, through the SSRF guard."""
    with tempfile.TemporaryFile() as file:
        fetched = download(url, file, most_bytes=MOST_PICTURE_BYTES, seconds=SECONDS, allowed_networks=allowed_networks)
        file.seek(0)
        return file.read(), fetched.content_type


def derive_again(thing: Publishable) -> None:
    """Render the thing with the pictures that are here now. Nothing that a person typed changes."""
    with transaction.atomic():
        SiteState.lock()
        present = type(thing).objects.select_for_update().filter(pk=thing.pk).first()
        if present:
            derive(present)
            count_problems(present)
            note_change()


def why_not(url: str, problem: Exception) -> str:
    """Return the reason why the picture was not fetched."""
    return spell_reason(problem).removeprefix(f"{url}: ")


#: What `fetch_picture` raises for one picture; the others go on.
PROBLEMS = (FetchRefused, FetchFailed, ValidationError)


def _name_of(url: str, content_type: str) -> str:
    """Return the name in the address, with the suffix of a picture: many addresses end in none."""
    name = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2] or "picture"
    if content_type == SVG_TYPE:
        return name if name.lower().endswith(".svg") else f"{name}.svg"
    return name if name.lower().endswith(PICTURE_SUFFIXES) else f"{name}.png"

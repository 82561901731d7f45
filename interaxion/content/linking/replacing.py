"""Replacing an address everywhere it is written: first a list of all lines that would change, then one save a thing."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext, gettext_lazy

from interaxion.content.fields import LinesField
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.saving.storing import store
from interaxion.text.addresses import identify

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

#: Characters after an address that make it a longer one; dots and commas only if more of an address follows.
_GOES_ON = re.compile(r"[A-Za-z0-9/?#&=%~+@$*_(-]|[.,;:!'][A-Za-z0-9/?#&=%~+@$*_-]")
#: After these, which open a link in Markdown and HTML, an address may hold any letter.
_OPENERS = set("(<\"'")


@dataclass(frozen=True)
class ChangedLine:
    #: The name of the field, or the heading of the section.
    where: str
    number: int
    before: str
    after: str


@dataclass(frozen=True)
class LinkReplacement:
    thing: Publishable
    lines: tuple[ChangedLine, ...]


def clean_address(url: str) -> str:
    """Return a new address quoted for Markdown and HTML: http, https or a path of this site. Raises ValidationError."""
    if not re.match(r"/(?![/\\])\S+$", url):
        URLValidator(["http", "https"], message=gettext_lazy("Write an address that begins with https://."))(url)
    return quote(url, safe="/%:@!$&+,;=~?#[]-._*'")


def find_changes(old: str, new: str, kinds: Iterable[type[Publishable]]) -> Iterator[LinkReplacement]:
    """Yield what replacing would change, thing by thing. Things in the trash stay as they are."""
    for kind in kinds:
        things = kind.objects.filter(deleted_at=None).order_by("pk").prefetch_related(*kind.snapshot_rows)
        for thing in things.iterator(chunk_size=200):
            lines = tuple(
                ChangedLine(_name(row, name), number, before, after)
                for row, name in _texts(thing)
                for number, before, after in _changed_lines(getattr(row, name), old, new)
            )
            if lines:
                yield LinkReplacement(thing, lines)


def replace_address(thing: Publishable, old: str, new: str, *, user: "AbstractBaseUser | None") -> None:
    """Save `thing` with the new address in place of the old one.

    Raises ValidationError if a text would become too long, StaleVersion if somebody else has saved it meanwhile.
    """
    changed = set()
    for row, name in _texts(thing):
        text = replace_in(getattr(row, name), old, new)
        if text != getattr(row, name):
            setattr(row, name, text)
            changed.add(row)
    changed.discard(thing)
    for field in thing._meta.concrete_fields:  # lists of addresses, such as pinned links
        if isinstance(field, LinesField) and field.name in thing.snapshot_fields:
            setattr(thing, field.name, [_follow(line, old, new) for line in getattr(thing, field.name)])

    def write_related() -> None:
        for row in changed:
            row.full_clean()
            row.save()

    store(
        thing,
        user=user,
        note=gettext("Address replaced: %(old)s → %(new)s") % {"old": old, "new": new},
        write_related=write_related,
    )


def _follow(line: str, old: str, new: str) -> str:
    """Return a line of a list of addresses with the new address, if it is the old one in any spelling."""
    was, is_old = identify(old), identify(line)
    return new if was and is_old and was.key == is_old.key else replace_in(line, old, new)


def replace_in(text: str, old: str, new: str) -> str:
    """Return `text` with `new` wherever `old` is a whole address, in any of its spellings."""
    if not old:
        return text
    spellings = _spellings(old)
    pattern = re.compile(
        rf"(?<![A-Za-z0-9/=%&?#])(?:{'|'.join(re.escape(s) for s in sorted(spellings, key=len, reverse=True))})"
    )

    def replaced(found: re.Match[str]) -> str:
        if not _is_whole(text, found.start(), found.end()):
            return found[0]
        return escape(new) if found[0] == escape(old) != old else new

    return pattern.sub(replaced, text)


def _spellings(url: str) -> set[str]:
    """Return the spellings of an address: with Japanese letters or percent-encoded, with & or &amp;."""
    letters = re.sub(r"(?:%[89A-Fa-f][0-9A-Fa-f])+", lambda found: unquote(found[0]), url)
    signs = quote(url, safe="/%:@!$&'()*+,;=~?#[]-._")
    return {url, letters, signs, escape(url)}


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether the address does not go on after `end`."""
    before, after = text[start - 1 : start], text[end : end + 2]
    if not after or after[0].isspace():
        return True
    if before in _OPENERS and not after[0].isascii():
        return False  # `(https://…/wiki/日本)` is one address
    return not _GOES_ON.match(after)


def _changed_lines(text: str, old: str, new: str) -> Iterator[tuple[int, str, str]]:
    for number, (before, after) in enumerate(
        zip(text.split("\n"), replace_in(text, old, new).split("\n"), strict=True), 1
    ):
        if before != after:
            yield number, before.strip(), after.strip()


def _texts(thing: Publishable) -> Iterator[tuple[models.Model, str]]:
    """Yield every text of the thing and of its rows that may hold an address, as (row, name of the field)."""
    rows = [thing, *(row for relation in thing.snapshot_rows for row in getattr(thing, relation).all())]
    for row in rows:
        for field in row._meta.concrete_fields:
            if field.name in row.snapshot_fields and (isinstance(field, models.TextField) or field.name == "heading"):
                yield row, field.name


def _name(row: models.Model, name: str) -> str:
    return getattr(row, "heading", "") or str(row._meta.get_field(name).verbose_name)

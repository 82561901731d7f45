"""The names of people and tags: rows of their own, and the lines of names in the rows of the content."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models

from interaxion.content.owned_rows import Owner, owned_by, owned_by_any, owner_of
from interaxion.content.publishing.derived_rows import DerivedRowQuerySet
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.window import Status
from interaxion.content.search.contents import row_contents
from interaxion.content.search.names import names_of, with_names
from interaxion.text.search.grams import TOKENIZER_VERSION

_ALWAYS = {"status": Status.PUBLISHED, "publish_at": datetime(1970, 1, 1, tzinfo=UTC)}


class NameRows(DerivedRowQuerySet):
    def of_pages(self) -> Self:
        """The row of each thing itself: no mention of a work, nothing that was said."""
        return self.filter(work=None, said_from=None)

    def row_of_name(self, named: models.Model) -> dict[str, Any]:
        """Return the columns of the row of a speaker, tag or work, found by any of its names."""
        names = named.names
        facts = _ALWAYS | owned_by(named) | {"title": names[0][:400], "path": named.path, "language": ""}
        others = [["", name, None, line] for line, name in enumerate(names[1:])]
        return row_contents(facts, text="\n".join([*names[1:], named.about()]), places=others, shelf="names")

    def write_names(self, owners: Sequence[Owner], *, without: models.Model | None = None) -> None:
        """Write the present names of people and tags into the rows of these things, but not that of `without`."""
        names = {}
        for content_type in {content_type for content_type, _pk in owners}:
            kind: Any = ContentType.objects.get_for_id(content_type).model_class()
            things = kind.objects.filter(pk__in=[pk for each, pk in owners if each == content_type])
            names |= {owner_of(thing): names_of(thing, without=without) for thing in with_names(things)}
        rows = self.of_pages().filter(owned_by_any(names), tokenizer_version=TOKENIZER_VERSION)
        renamed = [row for row in rows.defer("grams", "text", "places") if row.named != names[row.owner]]
        for row in renamed:
            row.rename(names[row.owner])
        self.bulk_update(renamed, ["named", "folded", "grams"])

    def rename_in(self, thing: Publishable) -> None:
        """Write the present names of its people and tags into the row of `thing`."""
        names = names_of(thing)
        for row in self.of(thing).of_pages().filter(tokenizer_version=TOKENIZER_VERSION):
            row.rename(names)
            row.save(update_fields=["named", "folded", "grams"])

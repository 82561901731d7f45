"""The rows of a thing: its own, and one for each work that it mentions. Those that say the same as before stay."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from django.db import models

from interaxion.content.owned_rows import owned_by, owner_of
from interaxion.content.prepared import Prepared
from interaxion.content.publishing.derived_rows import SHARED_FACTS, Rewrite, facts_of
from interaxion.content.publishing.inserting import insert_rows
from interaxion.content.search.contents import row_contents
from interaxion.content.search.names import names_of
from interaxion.content.search.work_rows import WorkRows
from interaxion.text.search.grams import TOKENIZER_VERSION
from interaxion.text.search.places import find_places, without_times

#: The columns that, beside those that all derived rows share, say all that a row says.
_CONTENTS = ("work_id", "text", "places", "named")


class ContentRows(WorkRows):
    def rewrite_contents(self, rewrites: Sequence[Rewrite]) -> None:
        """Let the rows of each thing be those that its text gives, but for pages that it begins or ends to share."""
        rows: list[dict[str, Any]] = []
        for rewrite in rewrites:
            facts, wanted = facts_of(rewrite.thing), list(self._contents_of(rewrite))
            if not rewrite.is_new:
                wanted = self._leave_unchanged(rewrite, facts, wanted)
            rows += (row_contents(facts | owned_by(rewrite.thing), **contents) for contents in wanted)
        insert_rows(self.model, rows)

    def _contents_of(self, rewrite: Rewrite) -> Iterator[dict[str, Any]]:
        """Yield the contents of its own row, and of one for each numbered work that it mentions, with the names there.

        Also those of pages of the web that it shares with other things, as before, if its links to them changed.
        """
        thing = rewrite.thing
        text = thing.summary_text.replace("\n", " ") + f"\n{thing.text}"
        places = find_places(text, thing.outline)
        text = without_times(text, places)
        yield {"text": text, "places": places, "named": names_of(thing), "shelf": "content"}
        for work, names in rewrite.numbered_works.items():
            yield self.contents_of_work(work, names)
        if pages := (rewrite.pages_before & rewrite.pages_now) - rewrite.unchanged_pages:
            yield from self.contents_of_pages(pages, owner_of(thing))

    def _leave_unchanged(
        self, rewrite: Rewrite, facts: dict[str, Any], wanted: list[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        """Delete the stored rows of a thing that are not `wanted`, and return the contents of those that are missing.

        Those that stay, and the rows of what was said, take the present window, title and address by one update.
        """
        thing, missing = rewrite.thing, {contents.get("work_id"): contents for contents in wanted}
        gone, is_behind = [], thing.has_what_was_said()
        for pk, version, *values in _stored(self.model)(*owner_of(thing)):
            row = dict(zip((*_CONTENTS, *SHARED_FACTS), values, strict=True))
            work = row["work_id"]
            if rewrite.is_anew or version != TOKENIZER_VERSION:
                gone.append(pk)
            elif work in rewrite.unchanged_pages or (work in missing and _says(row, missing[work], facts)):
                missing.pop(work, None)
                is_behind = is_behind or any(row[name] != value for name, value in facts.items())
            else:
                gone.append(pk)
        if gone:
            self.filter(pk__in=gone).delete()
        if is_behind:
            self.of(thing).update(**facts)
        return list(missing.values())


def _says(row: dict[str, Any], contents: dict[str, Any], facts: dict[str, Any]) -> bool:
    """Whether a stored row says what its contents would say. That of a work does not say the title of the thing."""
    if row["work_id"] is not None:
        return bool(row["text"] == contents["text"])
    return row["title"] == facts["title"] and all(row[name] == contents[name] for name in ("text", "places", "named"))


@cache
def _stored(rows: type[models.Model]) -> Prepared[Any]:
    @Prepared
    def stored(kind: int, pk: int) -> models.QuerySet[Any, Any]:
        found = rows._default_manager.filter(content_type=kind, object_id=pk, said_from=None)
        return found.values_list("pk", "tokenizer_version", *_CONTENTS, *SHARED_FACTS)

    return stored

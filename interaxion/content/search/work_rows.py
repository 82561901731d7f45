"""The rows of works as one thing mentions them: found by the words of its links and by their numbers."""

from collections.abc import Collection, Sequence
from typing import Any

from interaxion.content.linking.links import Link, names_in
from interaxion.content.linking.works import Work
from interaxion.content.owned_rows import Owner
from interaxion.content.publishing.derived_rows import DerivedRowQuerySet
from interaxion.content.search.shared_pages import facts_in, shared_pages
from interaxion.text.addresses import NAMED_KINDS


class WorkRows(DerivedRowQuerySet):
    def write_mentions(self, work: Work) -> None:
        """Rewrite the rows of a work for all things that mention it, after others were merged into it."""
        self.write_pages({work.pk})
        if work.kind in NAMED_KINDS:
            mentions: dict[Owner, list[Link]] = {}
            for link in work.links.select_related("work").order_by("position"):
                mentions.setdefault(link.owner, []).append(link)
            work.search_rows.all().delete()
            rows = [self.row_of_work(facts_in(links[0]), work.pk, names_in(links)) for links in mentions.values()]
            self.bulk_create(rows)

    def write_pages(self, works: Collection[int]) -> None:
        """Rewrite the rows of these pages of the web for all things that link them."""
        if works:
            self.filter(work__in=works, work__kind="url").delete()
            self.bulk_create(self.rows_of_pages(works))

    def rows_of_pages(self, works: Collection[int], owner: Owner | None = None) -> list[Any]:
        """Return the rows of these pages of the web, not stored yet: those of all things that link them, or of one."""
        return [self.row_of_work(page.facts, page.work_id, page.words) for page in shared_pages(works, owner=owner)]

    def row_of_work(self, facts: dict[str, Any], work: int, names: Sequence[str]) -> Any:
        return self.model.build(facts, name=names[0], text="\n".join(names), work_id=work, shelf="names")

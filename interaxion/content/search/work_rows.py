"""The rows of works as one thing mentions them: found by the words of its links and by their numbers."""

from collections.abc import Collection, Sequence
from typing import Any

from interaxion.content.linking.links import Link, names_in
from interaxion.content.linking.works import Work
from interaxion.content.owned_rows import Owner
from interaxion.content.publishing.derived_rows import DerivedRowQuerySet
from interaxion.content.publishing.inserting import insert_rows
from interaxion.content.search.contents import row_contents
from interaxion.content.search.shared_pages import facts_in, shared_pages
from interaxion.text.addresses import NAMED_KINDS


class WorkRows(DerivedRowQuerySet):
    def write_mentions(self, work: Work) -> None:
        """Rewrite the rows of a work for all things that mention it, after others were merged into it."""
        self.write_pages({work.pk})
        if work.kind in NAMED_KINDS:
            mentions: dict[Owner, list[Link]] = {}
            for link in work.links.order_by("position"):
                mentions.setdefault(link.owner, []).append(link)
            work.search_rows.all().delete()
            insert_rows(
                self.model,
                (
                    row_contents(facts_in(links[0]), **self.contents_of_work(work.pk, names_in(work, map(vars, links))))
                    for links in mentions.values()
                ),
            )

    def write_pages(self, works: Collection[int]) -> None:
        """Rewrite the rows of these pages of the web for all things that link them."""
        if works:
            self.filter(work__in=works, work__kind="url").delete()
            insert_rows(
                self.model,
                (
                    row_contents(page.facts, **self.contents_of_work(page.work_id, page.words))
                    for page in shared_pages(works)
                ),
            )

    def contents_of_pages(self, works: Collection[int], owner: Owner) -> list[dict[str, Any]]:
        """Return the contents of the rows of these pages of the web for one thing that links them."""
        return [self.contents_of_work(page.work_id, page.words) for page in shared_pages(works, owner=owner)]

    def contents_of_work(self, work: int, names: Sequence[str]) -> dict[str, Any]:
        return {"name": names[0], "text": "\n".join(names), "work_id": work, "shelf": "names"}

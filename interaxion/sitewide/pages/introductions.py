"""Title and introduction of a view of a fixed address, taken from the plain page that has this address.

If that page is not in the visitor's language, title and summary are ours, like everything around them. Its text is
shown all the same: what it says of apps and other ways to listen is said nowhere else.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language

from interaxion.content.discovery.editions import find_editions
from interaxion.content.live_details import get_live_alone_or_404
from interaxion.sitewide.models import Page


@dataclass(frozen=True)
class Introduction:
    address: str
    title: Promise
    summary: Promise

    def words(self) -> dict[str, Any]:
        """Return `page`, `title`, `summary` and `editions` for the template."""
        page = Page.introducing(self.address)
        editions = find_editions(page) if page else []
        translation = next((edition for edition in editions if edition.language == get_language()), None)
        if translation:
            page, editions = get_live_alone_or_404(Page, translation.pk), [page]
        source = page if page and page.language == get_language() else None
        return {
            "page": page,
            "title": source.title if source else self.title,
            "summary": source.summary_text if source else self.summary,
            "editions": editions,
        }

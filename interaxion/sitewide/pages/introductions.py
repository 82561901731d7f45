"""The words around a view of a fixed address: those of a plain page there, where it speaks the visitor's language.

Where it does not, heading and title are ours, as all around them; its text still stands there, for what it says of
apps and other ways is said nowhere else.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language

from interaxion.content.discovery.editions import find_editions
from interaxion.sitewide.models import Page


@dataclass(frozen=True)
class Introduction:
    address: str
    title: Promise
    summary: Promise

    def words(self) -> dict[str, Any]:
        """For the template: `page`, `title`, `summary`, `editions`."""
        page = Page.introducing(self.address)
        editions = find_editions(page) if page else []
        better = next((edition for edition in editions if edition.language == get_language()), None)
        if better:
            page, editions = Page.objects.get(pk=better.pk), [page]
        theirs = page if page and page.language == get_language() else None
        return {
            "page": page,
            "title": theirs.title if theirs else self.title,
            "summary": theirs.summary_text if theirs else self.summary,
            "editions": editions,
        }

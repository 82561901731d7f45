"""Parsing of files of episodes: the Jekyll form, and the short notes that hosts cut by hand. No Django."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from episodes.importing.reading.jekyll import LAYOUTS, read_jekyll
from episodes.importing.reading.short_notes import is_short_notes, read_short_notes
from episodes.importing.reading.source import EpisodeSource, validate_sections
from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.kramdown import JekyllSite
from interaxion.text.source_errors import SourceError, gettext_noop

__all__ = ["LAYOUTS", "EpisodeSource", "is_short_notes", "read_episode"]


def read_episode(
    document: SourceDocument,
    *,
    number: Decimal | None = None,
    site: JekyllSite | None = None,
    links: Callable[[str], str] = str,
) -> EpisodeSource:
    """Parse the episode in a file; a given `number` wins over the file's own. Raises SourceError.

    `links` rewrites the links in a piece of the notes.
    """
    if is_short_notes(document):
        episode = read_short_notes(document, number=number)
    else:
        episode = read_jekyll(document, number=number, site=site or JekyllSite())
    sections = tuple(replace(each, heading=links(each.heading), body=links(each.body)) for each in episode.sections)
    validate_sections(document, episode.sections, rewritten=sections)
    if not episode.title:
        raise SourceError(
            document.name,
            document.key_lines.get("title", 1),
            gettext_noop("the episode has no title"),
            gettext_noop("write one, if only for the time being"),
        )
    return replace(episode, sections=sections)

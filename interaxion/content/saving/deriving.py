"""Deriving: what follows from the source of a thing, and can be made again at any time by `manage.py rebuild`."""

from django.db.models import prefetch_related_objects

from interaxion.content.files.stored_files import StoredFiles
from interaxion.content.prefetching import forget_prefetched
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.settling import rewrite_derived_rows
from interaxion.content.saving.rendering import render_once
from interaxion.content.saving.stored_facts import DERIVED, relations_of
from interaxion.text.markdown import RENDER_VERSION, Rendered, plain_text, render_inline


def derive(thing: Publishable) -> None:
    """Write everything that is derived from the source of `thing`. Changes nothing that a person typed."""
    forget_prefetched(thing)
    prefetch_related_objects([thing], *relations_of(thing))
    rendered = thing.rendered = fill_in(thing)
    thing.save(update_fields=[*DERIVED, *thing.derived_fields])
    rewrite_derived_rows(thing, rendered.outline, is_anew=True)


def fill_in(thing: Publishable) -> Rendered:
    """Render the source of `thing` into its derived fields, without saving."""
    rendered = render_once(thing.source_text(), thing.markdown_kind, StoredFiles(thing.address_of))
    rendered = thing.arrange(rendered)
    thing.html = rendered.html
    thing.text = rendered.text
    thing.outline = [
        {
            "level": h.level,
            "html": h.html,
            "text": h.text,
            "anchor": h.anchor,
            "starts_at": h.starts_at,
            "line": h.line,
        }
        for h in rendered.outline.headings
        if not h.folded
    ]
    thing.summary_html = render_inline(thing.summary)
    thing.summary_text = plain_text(thing.summary)
    thing.render_version = RENDER_VERSION
    return rendered

"""Derive everything again from the sources; idempotent. For a release with another renderer, or after a doubt."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import QuerySet

from episodes.cards.files import sweep_cards
from interaxion.content.checks.problem_counts import count_problems
from interaxion.content.diagrams.kept import FIGURE, draw_diagrams, sweep_diagrams
from interaxion.content.files.disk_storage import sweep_parts
from interaxion.content.files.orphans import sweep_orphans
from interaxion.content.files.renditions import sweep_renditions
from interaxion.content.linking.merging import respell_works
from interaxion.content.linking.works import count_links
from interaxion.content.owned_rows import owned_by_any, owner_of
from interaxion.content.parts.part import write_missing_parts
from interaxion.content.publishing.addressed_row import PublicRow
from interaxion.content.publishing.derived_rows import follow_new
from interaxion.content.publishing.publishable import kinds
from interaxion.content.publishing.settling import settling
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.saving.deriving import derive
from interaxion.content.saving.storing import note_change
from interaxion.content.search.rows import SearchRow, indexed
from interaxion.text.markdown import RENDER_VERSION

#: So many rows are written in one transaction: a save waits for it.
BATCH = 20


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Derive HTML, text, outline, links, search rows and parts of lists of all content anew."

    def add_arguments(self, parser):
        parser.add_argument(
            "--outdated",
            action="store_true",
            help="only what an older renderer or tokenizer wrote; without it, everything",
        )

    def handle(self, *args, outdated: bool, **options):
        respell_works()
        count = 0
        for kind in kinds():
            things = kind.objects.all()
            if outdated:
                things = things.exclude(render_version=RENDER_VERSION, pk__in=indexed(kind))
            for pks in _batches(things.values_list("pk", flat=True)):
                self._derive(kind.objects.filter(pk__in=pks))
                count += len(pks)
        for model in (model for model in apps.get_models() if issubclass(model, PublicRow)):
            rows = model._default_manager.all()
            if outdated:
                rows = rows.exclude(pk__in=indexed(model))
            for pks in _batches(rows.values_list("pk", flat=True)):
                self._write_names(model._default_manager.filter(pk__in=pks))
        write_missing_parts.call()
        with transaction.atomic():
            SiteState.lock()
            count_links()
            note_change()
        drawn = (kind.objects.filter(html__contains=FIGURE).iterator() for kind in kinds())
        cards, pictures = sweep_cards(), sweep_renditions() + sweep_diagrams(chain.from_iterable(drawn))
        uploads = sweep_parts() + sweep_orphans()
        old = f"{cards} old cards, {pictures} old pictures and {uploads} abandoned uploads"
        self.stdout.write(f"{count} derived, {old} deleted")

    def _derive(self, things: QuerySet[Any]) -> None:
        for thing in things:
            draw_diagrams(thing.source_text(), thing.markdown_kind)  # before the site is locked
        with transaction.atomic():
            SiteState.lock()
            with settling():
                locked = list(things.select_for_update())
                for thing in locked:
                    derive(thing)
            for thing in locked:
                count_problems(thing)

    def _write_names(self, rows: QuerySet[Any]) -> None:
        """Write the search rows of speakers, tags, categories and works; those of content hold their names already."""
        with transaction.atomic():
            SiteState.lock()
            named = list(rows)
            SearchRow.objects.filter(owned_by_any([owner_of(row) for row in named])).delete()
            follow_new(named)


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    waiting = list(keys)
    while waiting:
        batch, waiting = waiting[:BATCH], waiting[BATCH:]
        yield batch

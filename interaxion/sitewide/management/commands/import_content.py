"""Import Markdown files, folders (whole Jekyll sites) and zips. Arguments and printing only."""

import csv
import json
import sys
from argparse import ArgumentTypeError
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware

from episodes.importing.reading.theme_keys import FIELDS, parse_key_map
from episodes.numbers import parse_number
from interaxion.content.changes.recording import Recording, recording
from interaxion.content.importing.inputs import ImportInputs
from interaxion.content.importing.outcome import Action, Outcome
from interaxion.content.site_time import SITE_ZONE
from interaxion.sitewide.desk.picture_jobs import queue_pictures
from interaxion.sitewide.importing.kinds.detecting import LABELS, Kind
from interaxion.sitewide.importing.plan import import_paths
from interaxion.sitewide.importing.report.summary import sentences_of, spell_totals, totals_of
from interaxion.sitewide.management.progress import Progress
from interaxion.sitewide.management.stopping import ctrl_c_waits


class Command(BaseCommand):
    requires_system_checks = ()
    help = (
        "Import Markdown: a file, a folder, or a zip; a whole site of Jekyll or Hugo; an export of WordPress. "
        "One line a file; exits 1 if any failed."
    )

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
        parser.add_argument("--report", choices=["json"], help="print the outcomes as JSON")
        parser.add_argument("--link-map", type=Path, metavar="TSV", help="dead short links and where they led")
        parser.add_argument("--site-url", default="", metavar="URL", help="links to it are links within this site")
        parser.add_argument("--number", type=_number, help="the number of the one episode that is imported")
        parser.add_argument("--course", default="", metavar="SLUG", help="the course that the chapters belong to")
        parser.add_argument("--episodes", default="", metavar="FOLDER", help="what is in this folder are episodes")
        parser.add_argument(
            "--map", action="append", default=[], metavar="KEY=FIELD", help=f"what a key means: {', '.join(FIELDS)}"
        )
        parser.add_argument("--kind", choices=[*Kind], default="", help="what is given, if its own files do not say it")
        parser.add_argument("--publish-at", type=_instant, metavar="T", help="the date of what has none")
        parser.add_argument(
            "--fetch-pictures", action="store_true", help="let a job bring the pictures of other sites here"
        )
        parser.add_argument("--overwrite", action="store_true", help="replace what somebody has edited since")

    @no_translations
    def handle(self, *args, **options):
        inputs = ImportInputs(
            number=options["number"],
            course=options["course"],
            episodes_in=options["episodes"],
            key_map=_read_key_map(options["map"]),
            publish_at=options["publish_at"],
            overwrite=options["overwrite"],
            kind=options["kind"],
            link_map=_read_link_map(options["link_map"]) if options["link_map"] else {},
        )
        as_json = options["report"] == "json"
        bar = Progress(sys.stderr) if sys.stderr.isatty() else None
        kinds: dict[str, Kind] = {}

        def greet(name: str, kind: Kind) -> None:
            kinds[name] = kind
            if not as_json:
                self.stdout.write(f"{name}: {LABELS[kind]}")

        try:
            with ctrl_c_waits() as stop_if_requested, self._recording(options) as record:
                outcomes = import_paths(
                    options["paths"],
                    inputs,
                    site_url=options["site_url"],
                    dry_run=options["dry_run"],
                    expect=bar.expect if bar else lambda count: None,
                    tell=partial(self._tell, bar=bar, as_json=as_json, then=stop_if_requested),
                    greet=greet,
                    record=record,
                )
        except KeyboardInterrupt:
            if bar:
                bar.clear()
            self.stderr.write("Stopped. What is listed above is imported whole, nothing else is.")
            raise SystemExit(130) from None
        if bar:
            bar.clear()
        counts = Counter(outcome.action for outcome in outcomes)
        totals = totals_of(outcomes, fetches_pictures=options["fetch_pictures"])
        if as_json:
            report = {"kinds": kinds} | _report(outcomes, counts, totals)
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        else:
            self._print_end(outcomes, totals)
            summary = ", ".join(f"{counts[action]} {action}" for action in Action if counts[action])
            self.stdout.write(f"{'Dry run: ' if options['dry_run'] else ''}{summary}")
        if options["fetch_pictures"] and not options["dry_run"]:
            queue_pictures(None, outcomes)
            self.stderr.write(
                "The pictures of other sites are fetched by a job: by the server if it runs, else by db_worker."
            )
        if counts[Action.FAILED]:
            raise SystemExit(1)

    def _recording(self, options) -> AbstractContextManager[Recording | None]:
        """Return the recording of what the import replaces; a dry run replaces nothing."""
        title = f"Import: {', '.join(str(path) for path in options['paths'])}"
        return nullcontext() if options["dry_run"] else recording(title, user=None)

    def _tell(self, outcome: Outcome, *, bar: Progress | None, as_json: bool, then: Callable[[], None]) -> None:
        if bar:
            bar.clear()
        if not as_json:
            self._print(outcome)
        if bar:
            bar.step(outcome.file)
        then()

    def _print(self, outcome: Outcome) -> None:
        address = f" → {outcome.path}" if outcome.path else ""
        self.stdout.write(f"{outcome.action} {outcome.problem or outcome.file}{address}")

    def _print_end(self, outcomes: list[Outcome], totals: dict[str, Any]) -> None:
        """Print each warning once, with the first file that has it, and the totals of a whole site."""
        for sentence in sentences_of(outcome for outcome in outcomes if outcome.problem is None):
            times = f"{sentence.count} × " if sentence.count > 1 else ""
            self.stdout.write(f"  {times}{sentence.file}:{sentence.line}: {sentence.spell()}")
        for line in spell_totals(totals) if len(outcomes) > 1 else ():
            self.stdout.write(line)


def _report(outcomes: list[Outcome], counts: Counter[str], totals: dict[str, Any]) -> dict[str, object]:
    files = [
        {
            "file": outcome.file,
            "action": outcome.action,
            "path": outcome.path,
            "kind": outcome.kind,
            "old_address": outcome.old_address,
            "answers": outcome.answers if outcome.old_address else None,
            "warnings": [{"line": note.line, "message": str(note)} for note in outcome.warnings],
            "error": str(outcome.problem) if outcome.problem else "",
        }
        for outcome in outcomes
    ]
    sentences = [
        {"count": each.count, "file": each.file, "line": each.line, "message": each.spell()}
        for each in sentences_of(outcomes)
    ]
    counted = {action: counts[action] for action in Action}
    return {"counts": counted, "totals": totals, "sentences": sentences, "files": files}


def _read_key_map(lines: list[str]) -> dict[str, str]:
    try:
        return parse_key_map(lines)
    except ValueError as problem:
        raise CommandError(f"--map {problem}: write KEY=FIELD, FIELD one of {', '.join(FIELDS)}") from problem


def _read_link_map(path: Path) -> dict[str, tuple[str, int]]:
    """Read a TSV with the columns `short_url`, `long_url`, and `candidates`: the number of pages it may have led to."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as table:
            rows = list(csv.DictReader(table, dialect="excel-tab"))
        return {row["short_url"]: (row["long_url"], int(row.get("candidates") or 1)) for row in rows}
    except (OSError, UnicodeDecodeError, KeyError, ValueError) as problem:
        raise CommandError(
            f"{path}: this is no table of links ({problem}); its head is short_url, long_url, candidates"
        ) from problem


def _number(written: str) -> Decimal:
    number = parse_number(written)
    if number is None:
        raise ArgumentTypeError(f"{written} is no episode number: write one such as 57 or 19.5")
    return number


def _instant(written: str) -> datetime:
    try:
        instant = parse_datetime(written) or parse_datetime(f"{written} 00:00")
    except ValueError:
        instant = None
    if instant is None:
        raise ArgumentTypeError(f"{written} is no date: write one such as 2026-04-01 or 2026-04-01T07:00")
    return (make_aware(instant, SITE_ZONE) if is_naive(instant) else instant).astimezone(UTC)

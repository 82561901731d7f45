"""The publish checks over everything that is not in the trash, and the rules of feeds over the podcast feed."""

from django.core.management.base import BaseCommand, no_translations

from episodes.audio.elsewhere import find_audio_problem
from episodes.feed.rules import Finding, find_violations
from episodes.models import Episode
from interaxion.content.checks.problem_counts import count_problems
from interaxion.content.publishing.publishable import kinds
from interaxion.sitewide.feeds import podcast_feed_pages
from interaxion.text.problems import Level, Problem
from interaxion.web.xml_reading import XmlRefused


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Say what the publish checks and the rules of feeds find. Exits 1 if something live has an error."

    def add_arguments(self, parser):
        parser.add_argument("--audio", action="store_true", help="also ask other hosts whether they have the audio")

    @no_translations
    def handle(self, *args, audio: bool = False, **options):
        errors = self._check_things() + self._check_feed() + (self._check_audio() if audio else 0)
        if errors:
            raise SystemExit(1)

    def _check_things(self) -> int:
        """Print the problems of all content; return the number of errors in live content."""
        live_errors = 0
        for kind in kinds():
            for thing in kind.objects.filter(deleted_at=None).order_by("pk"):
                for problem in count_problems(thing):
                    self.stdout.write(f"{thing.path}: {_spell_problem(problem)}")
                    live_errors += problem.level is Level.ERROR and thing.is_live()
        return live_errors

    def _check_feed(self) -> int:
        """Print the violations in the podcast feed as apps get it; return the number of errors."""
        errors = 0
        for address, feed in podcast_feed_pages():
            try:
                findings = list(find_violations(feed))
            except XmlRefused as problem:
                self.stdout.write(f"{address}: error: {problem}")
                errors += 1
                continue
            for finding in findings:
                self.stdout.write(f"{address}: {_spell_finding(finding)}")
                errors += finding.rule.level is Level.ERROR
        return errors

    def _check_audio(self) -> int:
        """Return the number of live episodes whose audio on another host is not as the feed says."""
        errors = 0
        for episode in Episode.objects.live().exclude(audio_url="").newest_first():
            if problem := find_audio_problem(episode.audio_url, length=episode.audio_bytes):
                self.stdout.write(f"{episode.path}: error: {problem}")
                errors += 1
        return errors


def _spell_problem(problem: Problem) -> str:
    field = ".".join(filter(None, (problem.field, problem.place, problem.row_field)))
    line = f":{problem.line}" if problem.line else ""
    place = f" [{field}{line}]" if field else ""
    rule = f" ({problem.rule}, {problem.spec})" if problem.rule else ""
    return f"{problem.level}: {problem}{place}{rule}"


def _spell_finding(finding: Finding) -> str:
    place = f" in {finding.place}" if finding.place else ""
    quote = f": {finding.quote}" if finding.quote else ""
    return f"{finding.rule.level}: {finding.rule.message}{quote}{place} ({finding.rule.id}, {finding.rule.spec})"

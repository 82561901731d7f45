"""The short notes of an episode, to paste into a podcast host."""

from collections import Counter
from dataclasses import replace

from django.core.management.base import BaseCommand, CommandError

from episodes.models import Episode
from episodes.numbers import parse_number
from episodes.short_notes import PROFILES
from episodes.short_notes.distribution import distribute


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Write the short notes of an episode, of a draft too, within the limit of where they go."

    def add_arguments(self, parser):
        parser.add_argument("number", help="of the episode: 57, 19.5 or 19-5")
        parser.add_argument("--profile", choices=PROFILES, default="spotify", help="where they go (default: spotify)")
        parser.add_argument("--format", choices=["html", "text"], help="another form than the profile's own")

    def handle(self, *args, **options):
        number = parse_number(options["number"])
        episode = Episode.objects.filter(number=number, deleted_at=None).first() if number is not None else None
        if episode is None:
            raise CommandError(f"There is no episode {options['number']}.")
        profile = PROFILES[options["profile"]]
        if options["format"]:
            profile = replace(profile, markup=options["format"])
        result = distribute(episode, profile)
        self.stdout.write(result.notes.text)
        self.stderr.write(self._explain(result))
        if not result.notes.fits:
            raise CommandError("Even headings and link alone are too long.")

    def _explain(self, result) -> str:
        notes, by_hand = result.notes, result.by_hand
        size = f"{notes.size} of {notes.profile.limit} {notes.profile.unit}"
        if result.is_by_hand:
            return f"{notes.profile.name}: {size}, as cut by hand."
        lines = []
        if by_hand:
            lines.append(f"The version cut by hand is too long ({by_hand.size} {by_hand.profile.unit}): not used.")
        counts = Counter(cut.what for cut in notes.cuts)
        cuts = ", ".join(f"{what}: {count}" for what, count in counts.items()) or "nothing"
        lines.append(f"{notes.profile.name}: {size}. Cut: {cuts}.")
        lines += [f"  {cut.text} {cut.url}" for cut in notes.cuts if cut.what == "link"]
        return "\n".join(lines)

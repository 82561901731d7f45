"""Write an episode's title, number, artist, album, cover and chapters into a copy of an MP3 or M4A."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, no_translations

from episodes.audio.measuring import AudioRefused
from episodes.audio.tagging import remember_copy, tag_file
from episodes.models import Episode
from episodes.numbers import parse_number


class Command(BaseCommand):
    requires_system_checks = ()
    help = (
        "Tag a copy of an MP3, or with ffmpeg an M4A, with what the episode says, drafts too. The sound stays as it is."
    )

    def add_arguments(self, parser):
        parser.add_argument("number", help="of the episode, such as 57 or 19.5")
        parser.add_argument("source", type=Path, metavar="IN")
        parser.add_argument("target", type=Path, metavar="OUT")

    @no_translations
    def handle(self, *args, number: str, source: Path, target: Path, **options):
        wanted = parse_number(number)
        episode = Episode.objects.untrashed().filter(number=wanted).first() if wanted is not None else None
        if episode is None:
            raise CommandError(f"There is no episode {number}.")
        try:
            tagging = tag_file(episode, source, target)
        except AudioRefused as problem:
            raise CommandError(f"{source}: {' '.join(problem.messages)}") from problem
        except OSError as problem:
            raise CommandError(f"{problem.filename}: {problem.strerror}.") from problem
        remember_copy(episode, target)
        self.stdout.write(f"{target}: {episode}, {len(tagging.chapters)} chapters")
        for loss in tagging.losses:
            self.stdout.write(f"  {loss}")

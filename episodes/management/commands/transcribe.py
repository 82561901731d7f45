"""The transcript of an episode, by the program that TRANSCRIBE_COMMAND names."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from episodes.models import Episode
from episodes.numbers import parse_number
from episodes.transcripts.transcribing import transcribe
from interaxion.content.saving.storing import StaleVersion


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Run TRANSCRIBE_COMMAND on the audio of an episode, and keep what it writes as a transcript to correct."

    def add_arguments(self, parser):
        parser.add_argument("number", help="of the episode: 57, 19.5 or 19-5")

    def handle(self, *args, **options):
        number = parse_number(options["number"])
        episode = Episode.objects.filter(number=number, deleted_at=None).first() if number is not None else None
        if episode is None:
            raise CommandError(f"There is no episode {options['number']}.")
        try:
            transcript = transcribe(episode, user=None)
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        except StaleVersion as problem:
            raise CommandError(f"{problem}; nothing was written.") from problem
        self.stdout.write(f"{episode}: version {transcript.version} of the transcript, {len(transcript.cues)} lines.")

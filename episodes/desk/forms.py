"""The form of an episode."""

from decimal import ROUND_FLOOR, Decimal
from itertools import chain
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from episodes.audio.measuring import measure
from episodes.desk.form_fields import AudioInput, PlayerField, TimeField
from episodes.desk.section_forms import find_row_errors
from episodes.models import Episode, LinkSection
from episodes.notes import notes
from episodes.numbers import parse_number, path_of_number, spell_number
from episodes.podcast import Podcast
from episodes.short_notes import normal_address
from interaxion.content.files.limits import MOST_FILE_BYTES
from interaxion.content.files.plain_files import tell_how_to_convert
from interaxion.content.paths import public_url
from interaxion.content.validators import validate_cost
from interaxion.desk.editing import MarkdownFormField
from interaxion.desk.forms import PublishableForm
from interaxion.text.characters import FORBIDDEN

DOCUMENT, ROWS = "document", "rows"
#: The fields that describe an audio file, with their values if it is unknown.
UNKNOWN_AUDIO = {"audio_bytes": None, "audio_type": "", "audio_seconds": None}


class EpisodeForm(PublishableForm):
    notes = MarkdownFormField(
        required=False,
        strip=False,
        validators=[validate_cost],
        label=_("Show notes"),
        help_text=_("A section is a heading such as “### 1:30 Title”; the time can come later."),
    )
    #: Whether the notes were typed into the field above or into rows; never into both.
    notes_as = forms.ChoiceField(
        required=False, choices=[(DOCUMENT, DOCUMENT), (ROWS, ROWS)], widget=forms.HiddenInput, initial=DOCUMENT
    )
    player = PlayerField(
        required=False,
        label=_("Player"),
        help_text=_("Paste the address or the embed code from Spotify, Apple or YouTube."),
    )
    audio_seconds = TimeField(required=False, label=_("Length"))

    class Meta(PublishableForm.Meta):
        widgets = {
            **PublishableForm.Meta.widgets,
            "title": forms.TextInput(attrs={"class": "vTextField title"}),
            "number": forms.NumberInput(attrs={"step": "any", "class": "short"}),
            "path": forms.TextInput(attrs={"class": "vTextField"}),
            "short_introduction": AdminTextareaWidget(attrs={"rows": 3}),
            "audio_file": AudioInput,
        }
        error_messages = {
            "number": {
                "unique": _(
                    "Another episode has this number. To exchange two numbers, tick both in the list of episodes."
                )
            }
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.initial.get("number"), Decimal):
            self.initial["number"] = spell_number(self.initial["number"])
        if "audio_file" in self.fields:
            self.fields["audio_file"].widget.own_name = self.instance.audio_name
        if self.instance.pk:
            self.initial["player"] = (self.instance.player_provider, self.instance.player_id)
            if "notes" in self.fields:
                self.initial["notes"] = self.instance.notes_document()

    def clean_number(self) -> Decimal | None:
        """Refuse a number that is taken, and name a free one. The constraint of the model refuses it in a race."""
        number = self.cleaned_data["number"]
        if number is None or number == self.instance.number:
            return number
        if Episode.objects.filter(number=number).exclude(pk=self.instance.pk).exists():
            text = _(
                "Another episode has this number; %(free)s is free."
                " To exchange two numbers, tick both in the list of episodes."
            )
            raise ValidationError(text, code="unique", params={"free": next_number()})
        return number

    def clean_notes(self) -> str:
        document = self.cleaned_data["notes"]
        parsed = notes.parse(document)
        if len(parsed) > notes.MOST_SECTIONS:
            raise ValidationError(_("There are more than %(most)d sections."), params={"most": notes.MOST_SECTIONS})
        sections = [LinkSection.of(note, position) for position, note in enumerate(parsed)]
        if problems := list(chain.from_iterable(find_row_errors(sections))):
            raise ValidationError(problems)
        return document

    def clean_pinned_links(self) -> list[str]:
        return self._one_spelling("pinned_links")

    def clean_dropped_links(self) -> list[str]:
        return self._one_spelling("dropped_links")

    def _one_spelling(self, name: str) -> list[str]:
        """Return each page once, in the normal form of its address."""
        page_url = public_url("/")
        return list(dict.fromkeys(normal_address(line, page_url) for line in self.cleaned_data[name]))

    def clean_audio_file(self) -> Any:
        file = self.cleaned_data["audio_file"]
        if isinstance(file, UploadedFile):
            if file.size > MOST_FILE_BYTES:
                raise ValidationError(too_large())
            tell_how_to_convert(file.name)
            self.audio = measure(file, file.size)
            self.instance.audio_name = FORBIDDEN.sub("", file.name)[:255]
            file.name = self.audio.name
        elif not file:
            self.instance.audio_name = ""
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.user and self.user.is_superuser:
            self.instance.replaced_guid = self.initial.get("guid", "")
        if "player" in cleaned:
            self.instance.player_provider, self.instance.player_id = cleaned["player"]
        if "audio_url" in cleaned and "audio_file" in cleaned:
            cleaned |= self._measures(cleaned["audio_url"], cleaned["audio_file"])
        if self._is_path_of_another_number(cleaned):
            cleaned["path"] = ""  # it is proposed again
        return cleaned

    def _is_path_of_another_number(self, cleaned: dict[str, Any]) -> bool:
        """Whether the draft still has the address that was proposed for the number that it had before."""
        number, path = cleaned.get("number"), cleaned.get("path") or ""
        name = path.removesuffix(Episode.draft_suffix).removeprefix("/")
        if number is None or not path.endswith(Episode.draft_suffix) or parse_number(name) in {None, number}:
            return False
        return self.stored is None or path == self.stored.path == self.stored.proposed_path()

    def _measures(self, url: str, file: Any) -> dict[str, Any]:
        """Return the measures of new audio: from the upload, else only those typed. Empty if the audio is not new."""
        if not url and (audio := getattr(self, "audio", None)):
            return {"audio_bytes": audio.bytes, "audio_type": audio.type, "audio_seconds": audio.seconds}
        if url == self.instance.audio_url and (url or file == self.instance.audio_file):
            return {}
        typed = set(self.changed_data)
        return {name: empty for name, empty in UNKNOWN_AUDIO.items() if name not in typed}


def too_large() -> str:
    return gettext("The file is larger than %(most)d MB.") % {"most": MOST_FILE_BYTES // 1_000_000}


def next_number() -> Decimal:
    """Return the whole number after the highest one."""
    return (Episode.objects.highest_number() or Decimal(0)).to_integral_value(ROUND_FLOOR) + 1


def propose_episode() -> dict[str, Any]:
    """Return the initial values of a new episode: the next whole number, its draft address, the recurring sections."""
    last = Episode.objects.last_numbered()
    number = next_number()
    podcast = Podcast.current()
    recurring = [
        notes.NoteSection(section.level, None, section.heading, section.body)
        for section in (last.sections.all() if last else [])
        if podcast.recurs(section.heading)
    ]
    return {
        "number": number,
        "path": path_of_number(number) + Episode.draft_suffix,
        "notes": notes.join(recurring),
    }

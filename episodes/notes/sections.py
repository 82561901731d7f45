"""Link sections: the show notes of an episode as timed sections, each with a key that lasts."""

import secrets
from collections.abc import Sequence
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from episodes.notes import notes
from interaxion.content.fields import MarkdownField
from interaxion.content.validators import validate_title


def make_key() -> str:
    return secrets.token_hex(5)


class LinkSection(models.Model):
    episode = models.ForeignKey("episodes.Episode", on_delete=models.CASCADE, related_name="sections")
    #: The same for as long as the section is recognised, wherever it moves.
    key = models.CharField(max_length=10, default=make_key, editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    level = models.PositiveSmallIntegerField(_("level"), default=3, choices=[(n, str(n)) for n in range(2, 7)])
    starts_at = models.PositiveIntegerField(_("starts at"), null=True, blank=True)
    heading = models.CharField(_("heading"), max_length=500, blank=True, validators=[validate_title])
    body = MarkdownField(_("links and commentary"), blank=True)
    #: The id of the heading on the imported site, so that links from other sites still work.
    imported_anchor = models.CharField(max_length=500, blank=True, editable=False)

    #: Whether `clean()` leaves the check of the text to code that checks all sections of a document at once.
    is_checked_with_others = False

    snapshot_fields = ("key", "position", "level", "starts_at", "heading", "body", "imported_anchor")

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "key"]
        constraints = [models.UniqueConstraint(fields=["episode", "key"], name="episodes_linksection_key_unique")]

    def __str__(self) -> str:
        return self.heading

    @classmethod
    def of(cls, note: notes.NoteSection, position: int) -> Self:
        """Return a new section, not stored yet."""
        section = cls()
        section.take(note, position)
        return section

    def clean(self) -> None:
        """Tidy the section. Raises ValidationError if the document could not give it back as it is."""
        tidy = notes.tidy(self.as_note())
        self.level, self.heading, self.body = tidy.level, tidy.heading, tidy.body
        if self.is_checked_with_others:
            return
        if problems := notes.find_section_errors(tidy, is_first=self.position == 0):
            raise ValidationError([gettext(problem) for problem in problems])

    def as_note(self) -> notes.NoteSection:
        return notes.NoteSection(
            level=self.level,
            starts_at=self.starts_at,
            heading=self.heading,
            body=self.body,
            imported_anchor=self.imported_anchor,
        )

    def values(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.snapshot_fields)

    def take(self, note: notes.NoteSection, position: int) -> None:
        self.position = position
        self.level, self.starts_at, self.heading, self.body = note.level, note.starts_at, note.heading, note.body
        self.imported_anchor = note.imported_anchor or self.imported_anchor


def validate_sections(sections: Sequence[LinkSection]) -> None:
    """Tidy and validate the sections of one document, which is parsed once. Raises ValidationError for the first error.

    Asks the database nothing: it refuses a key that comes twice.
    """
    for section in sections:
        section.is_checked_with_others = True
        section.full_clean(exclude=["episode"], validate_unique=False, validate_constraints=False)
    for problems in notes.find_errors([section.as_note() for section in sections]):
        if problems:
            raise ValidationError([gettext(problem) for problem in problems])

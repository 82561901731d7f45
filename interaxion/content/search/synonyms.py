"""The table of words that mean the same for a search. A migration writes a first set; editors change it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interaxion.content.fields import LinesField
from interaxion.content.publishing.addressed_row import PublicRow
from interaxion.content.validators import validate_title
from interaxion.text.search.same_words import MOST_WORDS, SameWords


class Synonyms(PublicRow):
    words = LinesField(
        _("words"),
        each=validate_title,
        help_text=_("One on each line: who searches for one of them finds the others, too. Ten at most."),
    )

    class Meta:
        verbose_name = _("words that mean the same")
        verbose_name_plural = _("words that mean the same")
        ordering = ["pk"]

    def __str__(self) -> str:
        return " = ".join(self.words)

    def clean(self) -> None:
        super().clean()
        if not 2 <= len(self.words) <= MOST_WORDS:
            raise ValidationError({"words": gettext("Write two to ten words, one on each line.")})


def read_same_words() -> SameWords:
    """Return all groups, read with one query."""
    rows: Any = Synonyms.objects.values_list("words", flat=True)
    return SameWords(rows)

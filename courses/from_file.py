"""A file of a course as its author wrote it, and what is derived of it."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.lessons.facts import read_lesson, read_meta
from interaxion.content.validators import validate_text
from interaxion.text.front_matter.parsing import parse_document
from interaxion.text.lessons.citations import arrange
from interaxion.text.markdown import Rendered
from interaxion.text.source_errors import SourceError


def validate_front_matter(value: str) -> None:
    """Validate the block at the head of a file. Raises ValidationError with its line and the cure."""
    value = value.removeprefix("\ufeff")
    validate_text(value)
    try:
        document = parse_document("", f"{value}\n.".encode())
    except SourceError as problem:
        said = f"{gettext(problem.message)}; {gettext(problem.cure)}" % problem.params
        raise ValidationError(
            gettext("Line %(line)d: %(problem)s"), params={"line": problem.line, "problem": said}
        ) from problem
    if value.strip() and (not document.has_front_matter or document.body.strip() != "."):
        raise ValidationError(_("Write it as lines of `key: value` between two lines of three dashes, nothing else."))


class FromFile(models.Model):
    """The common part of a course and a chapter: `front_matter` and `source` together are the file, byte for byte."""

    front_matter = models.TextField(
        _("front matter"),
        blank=True,
        validators=[validate_front_matter],
        help_text=_("The keys at the head of the file: level, time, prerequisites, licence. Titles are fields above."),
    )
    #: Derived: see `courses.lessons.facts`.
    lesson = models.JSONField(default=dict, blank=True, editable=False)
    #: Derived: the answers to its exercises as HTML, for print, where nothing can be unfolded.
    appendix = models.TextField(blank=True, editable=False)

    derived_fields: ClassVar[tuple[str, ...]] = ("lesson", "appendix")
    source: str

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.front_matter.strip("\ufeff") and not self.front_matter.endswith("\n"):
            self.front_matter += "\n"  # a form drops it; the text begins on a line of its own

    @property
    def file_text(self) -> str:
        return self.front_matter + self.source

    def meta(self) -> dict[str, Any]:
        """Return the keys of the front matter."""
        return read_meta(self.front_matter)

    def arrange(self, rendered: Rendered) -> Rendered:
        arranged = arrange(rendered)
        self.lesson, self.appendix = read_lesson(self.meta(), arranged)
        return arranged

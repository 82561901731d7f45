"""One document on its way into a row: the status that it asks for, the files that it names, warnings to its author."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from interaxion.content.files.limits import FileRefused
from interaxion.content.importing.inputs import ImportInputs
from interaxion.content.languages import known_language
from interaxion.content.publishing.window import Status
from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.jekyll.dates import UnknownZone, notes_on, parse_date
from interaxion.text.jekyll.keys import day_in_name, line_of, text_of
from interaxion.text.languages import language_of_text
from interaxion.text.source_errors import Note, Option, Subject, gettext_noop


@dataclass
class DocumentImport:
    document: SourceDocument
    inputs: ImportInputs
    #: The status that the file asks for; None leaves the row's own.
    status: Status | None = None
    #: Only with the status `PUBLISHED`.
    publish_at: datetime | None = None
    warnings: list[Note] = field(default_factory=list)
    #: Front matter that no field holds.
    extra: Mapping[str, Any] = field(default_factory=dict)
    #: Addresses that are to redirect to the row.
    old_paths: list[str] = field(default_factory=list)
    #: The pictures of other sites that a key of front matter names.
    elsewhere: list[tuple[str, str]] = field(default_factory=list)
    #: Whether to report the publish checks; a course waits for its chapters.
    is_complete: bool = True

    def warn(self, line: int, message: str, subject: Subject = Subject.OTHER, /, **params: object) -> None:
        self.warnings.append(Note(line, message, params, subject))

    def request_status(self, publish_at: datetime | None) -> None:
        """Ask for publication at this instant; None asks for a draft."""
        self.status = Status.DRAFT if publish_at is None else Status.PUBLISHED
        self.publish_at = publish_at

    @property
    def date(self) -> str:
        """The date that the file gives, as a snapshot spells it; "" without one."""
        return self.publish_at.astimezone(UTC).isoformat() if self.publish_at else ""

    def read_language(self, *keys: str, otherwise: str = "") -> str:
        """Return the language that a key states, or its place, or the site; else that of the text, or of most texts.

        A language read from the text is a note, unless it is that of this site. One that we do not know is a note, too.
        """
        for key in keys:
            written = text_of(self.document, key)
            if language := known_language(written):
                return language
            if written:
                message = gettext_noop("the language %(language)s is not known")
                self.warn(line_of(self.document, key), message, Subject.KEY, language=written)
        if stated := otherwise or self.inputs.language:
            return stated
        language = language_of_text(self.document.body) or self.inputs.likely_language() or settings.LANGUAGE_CODE
        if language != settings.LANGUAGE_CODE:
            message = gettext_noop("nothing says in which language it is: by its words, %(language)s")
            self.warn(1, message, Subject.KEY, language=language)
        return language

    def read_status(self, *, date: str, is_draft: bool, fallback: datetime | None = None) -> None:
        """Ask for a draft if the file says so; else for publication, if the file or the command gives a date."""
        if is_draft:
            self.request_status(None)
            return
        publish_at = self._read_date(date) or self.inputs.publish_at or fallback
        if publish_at is None:
            message = gettext_noop("there is no date, so it stays a draft: give one with %(option)s")
            self.warn(1, message, option=Option.PUBLISH_AT)
        self.request_status(publish_at)

    def _read_date(self, date: str) -> datetime | None:
        """Return the instant of `date`, else of the day in the file's name. An unknown time zone is a warning."""
        for written in filter(None, dict.fromkeys([date, day_in_name(self.document.name) if date else ""])):
            try:
                instant = parse_date(self.document, written)
            except UnknownZone as problem:
                message = gettext_noop("the date %(date)s is not taken, for its time zone %(zone)s is not known")
                self.warn(problem.line, message, **problem.params)
            else:
                self.warnings += notes_on(self.document, written, instant)
                return instant
        return None

    def store_files(self, address_of: Callable[[str], str | None] | None = None) -> None:
        """Store the files that the document names; warn of missing and refused files, and of dead links.

        For a text that stays as it is, `address_of` gives the address at which its page looks for a file.
        """
        links, text = self.inputs.links, self.document.text
        self.warnings += [*links.notes(text), *links.former_sites(text)]
        if address_of is None:
            self.warnings += links.dead_pages(text)
        for written, name in sorted(set(links.files_in(text))):
            try:
                self.inputs.files.store(name, (address_of(written) if address_of else None) or name)
            except ValidationError as refused:
                place = max(text.find(name.rsplit("/", 1)[-1]), 0)
                self.warn_of_refused_file(name, refused, line=text.count("\n", 0, place) + 1)

    def keep_picture(self, key: str, written: str, *, longest_side: int) -> str:
        """Return the stored name of the picture that a key of front matter names; "" after a warning.

        `longest_side` is in pixels. A picture on another site waits for a job (`elsewhere`).
        """
        if not written:
            return ""
        files, line = self.inputs.files, line_of(self.document, key)
        address = self.inputs.links.internal(written)
        name = self.inputs.find_file(address)
        if name is None:
            is_elsewhere = "//" in address
            missing = gettext_noop("the picture %(file)s is missing")
            elsewhere = gettext_noop("a picture on another site, %(option)s brings it here: %(file)s")
            if is_elsewhere:
                self.elsewhere.append((key, f"https:{written}" if written.startswith("//") else written))
            option = Option.FETCH_PICTURES
            self.warn(line, elsewhere if is_elsewhere else missing, Subject.PICTURE, file=written, option=option)
            return ""
        try:
            kept = files.keep_picture(name, longest_side=longest_side)
            if files.is_animation(name):
                message = gettext_noop(
                    "of the animation %(file)s only the first frame is kept: only a still picture fits there"
                )
                self.warn(line, message, file=name)
        except FileRefused as refused:
            self.warn_of_refused_file(name, refused, line=line)
            return ""
        return kept

    def warn_of_refused_file(self, name: str, refused: ValidationError, *, line: int) -> None:
        message = gettext_noop("the file %(file)s is not kept: %(problem)s")
        subject = Subject.SOUND if name.endswith((".mp3", ".m4a")) else Subject.PICTURE
        self.warn(line, message, subject, file=name, problem=" ".join(refused.messages))

"""Events that the team is told of by mail: work handed over or sent back, suggestions made or decided."""

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from interaxion.content.mail.mail_choice import who_want
from interaxion.content.publishing.log import LogEntry
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.window import State
from interaxion.content.publishing.working_copies import WorkingCopy
from interaxion.desk.mail.sending import editors_who_want, mail_later

IMPORT_PERMISSION = "episodes.publish_episode"
#: That a mail names.
MOST_FILES = 20


def announce_move(thing: Publishable, entry: LogEntry) -> None:
    """Tell editors what waits for review, and who handed it over that it came back."""
    if entry.from_state != State.REVIEW and entry.to_state == State.REVIEW:
        people = editors_who_want("handed_over", thing.publish_permission, but=entry.user)
        _mail("handed_over", people, thing, who=entry.user, note=entry.note)
    elif entry.from_state == State.REVIEW and entry.to_state == State.DRAFT:
        handed = LogEntry.objects.of(thing).filter(to_state=State.REVIEW).exclude(pk=entry.pk).first()
        if handed and handed.user_id and handed.user != entry.user:
            _mail("sent_back", who_want("sent_back").filter(pk=handed.user_id), thing, who=entry.user, note=entry.note)


def announce_suggestion(thing: Publishable, copy: WorkingCopy) -> None:
    people = editors_who_want("suggested", thing.publish_permission, but=copy.user)
    _mail("suggested", people, thing, who=copy.user, note=copy.note)


def announce_import(files: Sequence[str], *, by: Any) -> None:
    """Tell editors in one mail of the files whose changes an import could only suggest."""
    people = editors_who_want("suggested", IMPORT_PERMISSION, but=by)
    names = [*files[:MOST_FILES], *(["…"] if len(files) > MOST_FILES else [])]
    mail_later("import_asks", people, count=len(files), path=reverse("admin:index"), note="\n".join(names))


def announce_decision(thing: Publishable, copy: WorkingCopy, *, by: Any, answer: str = "") -> None:
    """Tell a host that the suggestion was taken, or with `answer` why it was not."""
    if copy.user != by:
        event = "refused" if answer else "taken"
        _mail(event, who_want("suggested").filter(pk=copy.user_id), thing, who=by, note=answer)


def _mail(event: str, people: Any, thing: Publishable, *, who: Any, note: str) -> None:
    kind = ContentType.objects.get_for_model(thing)
    path = reverse(f"admin:{kind.app_label}_{kind.model}_change", args=[thing.pk])
    mail_later(event, list(people), title=str(thing), path=path, who=str(who or ""), note=note)

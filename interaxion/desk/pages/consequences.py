"""The consequences of a step for one thing, for the pages that ask: what goes, what comes, what nobody has seen."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.revisions import Revision, snapshot
from interaxion.content.publishing.window import Status
from interaxion.content.saving.taking_down import what_goes
from interaxion.content.saving.transitions import PUBLISHING, To
from interaxion.desk.human_time import spell_moment
from interaxion.desk.pages.problem_fields import with_links
from interaxion.desk.protocol import DeskAdmin
from interaxion.desk.saving.snapshot_diff import ShownChange, list_changes
from interaxion.text.problems import Problem, errors_in

#: The POST field with the version that the user has seen.
SEEN = "version"
#: Steps that take down something live.
LEAVING = (To.DRAFT, To.REVIEW, To.TRASH)


@dataclass(frozen=True)
class Consequences:
    """`changes` is None if the version that was seen is unknown, and empty if nothing differs."""

    thing: Publishable
    change_url: str
    goes: list[str]
    comes: str
    errors: list[tuple[Problem, str]]
    warnings: list[tuple[Problem, str]]
    #: The revision that would become public; None if none would.
    revision: Revision | None
    revision_url: str = ""
    is_other: bool = False
    changes: list[ShownChange] | None = None


def consequences(
    model_admin: DeskAdmin, thing: Publishable, to: To, *, seen: int | None, problems: list[Problem]
) -> Consequences:
    """`seen` is the version that the user has seen: 0 if unknown, None if it does not matter."""
    errors, change_url = errors_in(problems), model_admin.url_of("change", thing)
    is_other = becomes_public(thing, to) and seen is not None and seen != thing.version
    base = thing.revisions.filter(number=seen).first() if is_other else None
    revision = thing.revisions.select_related("user").first() if becomes_public(thing, to) else None
    return Consequences(
        thing,
        change_url,
        what_goes(thing) if to in LEAVING and thing.is_live() else [],
        _comes(thing, to),
        with_links(errors, thing, change_url),
        with_links([problem for problem in problems if problem not in errors], thing, change_url),
        revision,
        model_admin.url_of("difference", thing, revision.number) if revision else "",
        is_other,
        list_changes(thing, base.data, snapshot(thing)) if base else None,
    )


def becomes_public(thing: Publishable, to: To) -> bool:
    """Whether it would be published after the step, at once or at its date."""
    return to in PUBLISHING or (to is To.RESTORED and thing.status == Status.PUBLISHED)


def read_version(data: Any) -> int:
    """Return the version that a form says was seen; 0 for none."""
    version = data.get(SEEN, "")
    return int(version[:9]) if version.isdecimal() else 0


def _comes(thing: Publishable, to: To) -> str:
    if not becomes_public(thing, to):
        return ""
    address = thing.published_path()
    if to is To.RESTORED:
        return _("%(address)s is public again, at its dates.") % {"address": address}
    if to is To.NOW or not thing.publish_at:
        return _("%(address)s will be public at once.") % {"address": address}
    return _("Date of publishing: %(moment)s.") % {"moment": spell_moment(thing.publish_at)}

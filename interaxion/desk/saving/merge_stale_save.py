"""Two people at once: a three-way merge of a stale form with the versions saved since.

Optimistic locking: nobody locks a thing while writing; a save notices that its version is old.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.forms import all_valid
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from interaxion.content.languages import in_a_row
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.revisions import snapshot
from interaxion.content.publishing.window import Status
from interaxion.desk.protocol import DeskAdmin
from interaxion.desk.saving.autosave_views import SUGGESTION_FIELD
from interaxion.desk.saving.posted import posted
from interaxion.desk.saving.snapshot_diff import MergeChoice, label_of, list_choices
from interaxion.desk.saving.snapshot_forms import as_posted, fit_rows
from interaxion.text.merging import EMPTY, Merged, Snapshot, merge

#: The buttons that decide all conflicts; their value is the version that was shown.
MINE, THEIRS = "on_top_of", "follow_theirs"
#: A checkbox for each conflict: take their side there.
TAKE_THEIRS = "take_theirs"


@dataclass
class MergeOutcome:
    """For the page that asks about conflicts, and for the save that follows."""

    choices: list[MergeChoice]
    #: The names of their changes that were merged without a question.
    from_theirs: list[str]
    version: int
    #: The version that the form began with.
    base_version: str
    #: Whether the same user made all saves since, in another tab or on another machine.
    is_own: bool = False
    #: The typed snapshot, if the save leaves part of it out: it becomes a revision of its own.
    aside: Snapshot | None = None


def merge_stale_save(
    model_admin: DeskAdmin, request: HttpRequest, thing: Publishable
) -> tuple[QueryDict, MergeOutcome | None]:
    """Return the POST data to go on with, and the outcome of the merge: None if there was nothing to merge.

    The data is the merged form; with conflicts, and for a form that would be refused anyway, it is what was typed,
    with its rows renumbered to those stored now. The caller has locked `thing`.
    """
    sent = request.POST
    if sent.get("loaded_version") == str(thing.version):
        return sent, None
    base = find_base(thing, sent.get("loaded_version", ""))
    data = fit_rows(model_admin, request, thing, sent.copy())
    mine = typed_snapshot(model_admin, request, thing, data, base)
    if mine is None:
        return data, None
    theirs = snapshot(thing)
    # The value of the button is the version that was shown: a newer one is asked about again.
    is_mine, is_theirs = (sent.get(button) == str(thing.version) for button in (MINE, THEIRS))
    merged = merge(base, mine, theirs, set(sent.getlist(TAKE_THEIRS)))
    if is_theirs:
        merged = merge(base, mine, theirs, {conflict.name for conflict in merged.conflicts})
    outcome = MergeOutcome(
        [] if is_mine or is_theirs else list_choices(thing, merged.conflicts, mine, theirs),
        [label_of(thing, name, theirs, mine) for name in merged.from_theirs],
        thing.version,
        sent.get("loaded_version", ""),
        is_own=_is_own(request, thing),
    )
    if outcome.choices:
        return data, outcome
    if merged.conflicts and merged.snapshot != merge(base, mine, theirs).snapshot:
        outcome.aside = mine
    return _merged_form(model_admin, request, thing, merged), outcome


def typed_snapshot(
    model_admin: DeskAdmin, request: HttpRequest, thing: Publishable, data: QueryDict, base: Snapshot
) -> Snapshot | None:
    """Return the snapshot that a save of `data` would leave, None if the form is invalid. `thing` stays as it is."""
    with posted(request, data):
        form, formsets = model_admin.bind_typed(request, type(thing).objects.get(pk=thing.pk))
        if not (all_valid(formsets) & form.is_valid()):
            return None
        return model_admin.snapshot_typed(form, formsets, base)


def number_of(version: str) -> int:
    """Return the version that a form began with; 0 if it names none."""
    return int(version[:9]) if version.isdecimal() else 0


def find_base(thing: Publishable, version: str) -> Snapshot:
    """Return the common base of both changes; the empty snapshot if it is unknown."""
    revision = thing.revisions.filter(number=number_of(version)).first()
    return revision.data if revision else EMPTY


def tell(request: HttpRequest, outcome: MergeOutcome) -> None:
    if outcome.from_theirs:
        text = _("Saved together with what was saved meanwhile (version %(version)s): %(changes)s.")
        changes = in_a_row(outcome.from_theirs)
        messages.info(request, text % {"version": outcome.version, "changes": changes})


def _is_own(request: HttpRequest, thing: Publishable) -> bool:
    since = thing.revisions.filter(number__gt=number_of(request.POST.get("loaded_version", "")))
    return SUGGESTION_FIELD not in request.POST and not since.exclude(user=request.user).exists()


def _merged_form(model_admin: DeskAdmin, request: HttpRequest, thing: Publishable, merged: Merged) -> QueryDict:
    sent = request.POST
    data, _gone = as_posted(model_admin, request, thing, merged.snapshot)
    for name in sent:
        if name.startswith("_") or name in {"working_copy", "suggestion", "restored", "csrfmiddlewaretoken"}:
            data.setlist(name, sent.getlist(name))
    data["loaded_version"] = str(thing.version)
    if thing.status == Status.PUBLISHED and sent.get("publish_at") == "":
        # The snapshot of published content has a date. The form has to ask what an emptied one means.
        data["publish_at"] = ""
    return data

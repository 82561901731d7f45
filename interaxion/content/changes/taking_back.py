"""Taking back a change to many things as one: in one transaction, by the ordinary ways. What was edited since stays."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from interaxion.content.changes.changes import Change, Effect
from interaxion.content.changes.giving_back import give_back_named, give_back_thing, strip_addresses
from interaxion.content.changes.plan import RowPlan, plan_of
from interaxion.content.changes.rights import missing_rights
from interaxion.content.changes.states import ADDRESSES
from interaxion.content.changes.unmaking import unmake
from interaxion.content.linking.links import Link
from interaxion.content.linking.works import Work
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.saving.deriving import derive
from interaxion.content.saving.storing import note_change

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


class CannotTakeBack(Exception):
    """The change cannot be taken back; the message says why, and what helps. Nothing was written."""


def take_back(
    change: Change, *, user: "AbstractBaseUser | None", tell: Callable[[], object] = lambda: None
) -> list[RowPlan]:
    """Give every row back what it had before `change`, and log it. Returns the plans, also of what stays, with why.

    Calls `tell` after each row: it takes long for many. Raises PermissionDenied if `user` may not change one of them,
    CannotTakeBack if it was taken back already or is too old, or if a row cannot be as it was.
    """
    with transaction.atomic():
        SiteState.lock()
        change = Change.objects.select_for_update().get(pk=change.pk)
        if not change.is_open:
            raise CannotTakeBack(_("This is taken back already, or more than 30 days old."))
        plans = plan_of(change)
        if titles := missing_rights(plans, user):
            text = _("You may not change all of it: %(titles)s.")
            raise PermissionDenied(text % {"titles": ", ".join(titles[:10])})
        due = [plan for plan in plans if plan.is_due]
        if any(plan.kept for plan in plans) and all(plan.is_made_name for plan in due):
            raise CannotTakeBack(_("All of it was edited since. A later change has to be taken back before."))
        note = _("Taken back: %(change)s") % {"change": change.title}
        made = [plan for plan in due if plan.row.effect == Effect.MADE]
        unmake([plan for plan in made if plan.is_content], user=user, note=note)
        back = [plan for plan in due if plan.row.effect != Effect.MADE]
        _make_room(back)
        # Who was removed comes first: others refer to them.
        named = sorted((plan for plan in back if not plan.is_content), key=lambda plan: plan.now is not None)
        for plan in named:
            _try(give_back_named, plan)
        for plan in back:
            if plan.is_content:
                _try(give_back_thing, plan, user=user, note=note)
                tell()
        _follow_works(named)
        unmake([plan for plan in made if not plan.is_content], user=user, note=note)
        for plan in plans:
            plan.row.kept = plan.kept[:300]
            plan.row.save(update_fields=["kept"])
        change.taken_back_at, change.taken_back_by = timezone.now(), user
        change.save(update_fields=["taken_back_at", "taken_back_by"])
        note_change()
    return plans


def _make_room(plans: Iterable[RowPlan]) -> None:
    """Free the addresses, and give back the unique values, that rows may have exchanged with each other."""
    unique = [(plan, column) for plan in plans if plan.now for column in _unique_columns(plan)]
    for plan, column in unique:
        other = None if column.null else f"given-back-{plan.row.pk}"
        plan.model._base_manager.filter(pk=plan.row.object_id).update(**{column.attname: other})
    for plan, column in unique:
        value = plan.parts[column.name]
        try:
            with transaction.atomic():
                plan.model._base_manager.filter(pk=plan.row.object_id).update(**{column.attname: value})
        except IntegrityError as problem:
            raise _refusal(plan, str(problem)) from problem
    for plan in plans:
        if plan.now and ADDRESSES in plan.parts:
            strip_addresses(plan.model(pk=plan.row.object_id), plan.parts[ADDRESSES])


def _unique_columns(plan: RowPlan) -> list[Any]:
    return [each for each in plan.model._meta.concrete_fields if each.unique and each.name in plan.parts]


def _try(give_back: Callable[..., Any], plan: RowPlan, **options: Any) -> Any:
    try:
        return give_back(plan, **options)
    except ValidationError as refused:
        raise _refusal(plan, " ".join(refused.messages)) from refused


def _refusal(plan: RowPlan, reason: str) -> CannotTakeBack:
    text = _("Nothing is taken back, for “%(title)s” cannot be as it was: %(reason)s See to that, and try again.")
    return CannotTakeBack(text % {"title": plan.title, "reason": reason})


def _follow_works(plans: Iterable[RowPlan]) -> None:
    """Let the links of content that a work had before it was merged count for it again."""
    merged_into = [plan.now.parts["merged_into"] for plan in plans if plan.model is Work and plan.now]
    for content_type, pk in sorted({link.owner for link in Link.objects.filter(work__in=merged_into)}):
        derive(ContentType.objects.get_for_id(content_type).get_object_for_this_type(pk=pk))

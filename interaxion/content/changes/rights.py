"""The rights that taking back a change needs: those on each thing that it touches."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from interaxion.content.changes.changes import Effect
from interaxion.content.changes.plan import RowPlan
from interaxion.content.publishing.window import Status

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


def missing_rights(plans: Collection[RowPlan], user: "AbstractBaseUser | None") -> list[str]:
    """Return the titles of the rows that `user` may not change. A command (`user=None`) may change all.

    Names, files and works that were made with content go with it: whoever may change that needs no other right.
    """
    due = [plan for plan in plans if plan.is_due]
    asked = [plan for plan in due if not plan.is_made_name] or due
    return [] if user is None else [plan.title for plan in asked if not _may(plan, user)]


def _may(plan: RowPlan, user: "AbstractBaseUser") -> bool:
    owner = plan.now and getattr(plan.model._base_manager.filter(pk=plan.row.object_id).first(), "part_of", None)
    if owner:  # a transcript: whoever may publish the episode
        return user.has_perm(owner.publish_permission)
    if not plan.is_content:
        # Who may merge or delete a row may bring it back, and who may change it may take back that it was made.
        verb = "delete" if plan.row.effect == Effect.REMOVED else "change"
        return user.has_perm(f"{plan.model._meta.app_label}.{verb}_{plan.model._meta.model_name}")
    thing: Any = plan.model(pk=plan.row.object_id)
    if plan.parts.keys() & set(thing.administered_fields) and not user.is_superuser:
        return False
    parts, now = plan.parts, plan.now.parts if plan.now else {}
    is_public = Status.PUBLISHED in (now.get("status"), parts.get("status"))
    is_for_editors = is_public or plan.row.effect == Effect.MADE or now.get("deleted_at") or "deleted_at" in parts
    return user.has_perm(thing.publish_permission if is_for_editors else thing.change_permission)

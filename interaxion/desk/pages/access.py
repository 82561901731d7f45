"""The thing that a page beside a form is about. Every function raises PermissionDenied or Http404."""

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from interaxion.content.publishing.publishable import Publishable
from interaxion.desk.protocol import DeskAdmin


def thing_to_view(model_admin: DeskAdmin, request: HttpRequest, object_id: str) -> Publishable:
    thing = model_admin.get_object(request, unquote(object_id))
    return _checked(thing, is_allowed=model_admin.has_view_or_change_permission(request, thing))


def thing_to_edit(model_admin: DeskAdmin, request: HttpRequest, object_id: str) -> Publishable:
    thing = model_admin.get_object(request, unquote(object_id))
    return _checked(thing, is_allowed=model_admin.has_change_permission(request, thing))


def thing_to_write(model_admin: DeskAdmin, request: HttpRequest, object_id: str | None) -> Publishable | None:
    """Return the stored thing, or None if `object_id` is None: the form of a new one."""
    if object_id is not None:
        return thing_to_edit(model_admin, request, object_id)
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    return None


def _checked(thing: Publishable | None, *, is_allowed: bool) -> Publishable:
    """Permission comes first: who lacks it does not learn which things exist."""
    if not is_allowed:
        raise PermissionDenied
    if thing is None:
        raise Http404
    return thing

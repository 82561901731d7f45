"""The URLs of the pages beside a form: one table for every content class."""

from collections.abc import Callable
from functools import partial

from django.http import HttpResponse
from django.urls import URLPattern, path

from interaxion.desk.pages.history import compare_view, difference_view, restore_view
from interaxion.desk.pages.link_probe import probe_links_view
from interaxion.desk.pages.preview import preview_view
from interaxion.desk.pages.sharing import share_view
from interaxion.desk.pages.transitions import transition_view
from interaxion.desk.pages.undoing import undo_view
from interaxion.desk.protocol import DeskAdmin
from interaxion.desk.remarks.views import remarks_view
from interaxion.desk.saving.autosave_views import autosave_view, recover_view
from interaxion.desk.saving.suggestion_views import suggestion_view

#: (route, view, name); a view takes the admin, the request, and what the route names.
SIDE_PAGES: tuple[tuple[str, Callable[..., HttpResponse], str], ...] = (
    ("undo/", undo_view, "undo"),
    ("add/preview/", preview_view, "add_preview"),
    ("add/autosave/", autosave_view, "add_autosave"),
    ("add/recover/", recover_view, "add_recover"),
    ("<path:object_id>/change/preview/", preview_view, "preview"),
    ("<path:object_id>/change/transition/", transition_view, "transition"),
    ("<path:object_id>/change/autosave/", autosave_view, "autosave"),
    ("<path:object_id>/change/recover/", recover_view, "recover"),
    ("<path:object_id>/change/share/", share_view, "share"),
    ("<path:object_id>/change/remarks/", remarks_view, "remarks"),
    ("<path:object_id>/change/check-links/", probe_links_view, "check_links"),
    ("<path:object_id>/history/compare/", compare_view, "compare"),
    ("<path:object_id>/history/<int:number>/", difference_view, "difference"),
    ("<path:object_id>/history/<int:number>/restore/", restore_view, "restore"),
    ("<path:object_id>/suggestions/<int:pk>/", suggestion_view, "suggestion"),
)


def side_page_urls(model_admin: DeskAdmin) -> list[URLPattern]:
    names = f"{model_admin.opts.app_label}_{model_admin.opts.model_name}"
    protect = model_admin.admin_site.admin_view
    return [
        path(route, protect(partial(view, model_admin)), name=f"{names}_{name}") for route, view, name in SIDE_PAGES
    ]

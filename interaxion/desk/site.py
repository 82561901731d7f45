"""The admin site: that of Django with our login, password reset, and the views of the editor for staff only."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _

from interaxion.desk.account.login import LoginForm
from interaxion.desk.account.password_reset import reset_urls
from interaxion.desk.account.sessions import end_others, find_others
from interaxion.desk.inbox import views as inbox
from interaxion.desk.inbox.sharing import manifest
from interaxion.desk.jobs import views as jobs
from interaxion.desk.lists import refuse_forged_queries
from interaxion.desk.mail.choosing import choose_mails, form_for
from interaxion.desk.pages.files import find_files
from interaxion.desk.remarks.views import waiting_remarks
from interaxion.desk.titles.markdownx_views import StaffMarkdownifyView, StaffUploadView
from interaxion.desk.titles.views import TitlesView
from interaxion.desk.writing.handbook import handbook
from interaxion.desk.writing.pasting import paste


class InteraxionAdminSite(AdminSite):
    site_title = site_header = "Interaxion"
    index_title = _("The writing desk")
    site_url = reverse_lazy("home")
    enable_nav_sidebar = False  # the form and the preview need the width
    login_form = LoginForm
    password_change_template = "admin/account.html"  # noqa: S105  # nosec B105

    #: The public view of each content class. The desk may not import the apps: `sitewide.admin` fills this in.
    pages: dict[type, Callable[..., HttpResponse]] = {}

    #: Pages that belong to no model, as (route, view, name); `sitewide.admin` fills them in, too.
    extra_views: tuple[tuple[str, Callable[..., HttpResponse], str], ...] = ()

    #: Returns the context of the first page of the desk for a user.
    desk_index: Callable[[Any], dict[str, Any]] = staticmethod(lambda user: {})

    #: The labels of the apps in the order of that page; others follow.
    app_order: tuple[str, ...] = ()

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        order = {label: place for place, label in enumerate(self.app_order)}
        apps = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda app: order.get(app["app_label"], len(order)))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "sends_mail": settings.SENDS_MAIL}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        remarks = {"remarks": waiting_remarks(request.user)}
        return super().index(request, remarks | self.desk_index(request.user) | (extra_context or {}))

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        sessions = {"other_sessions": len(find_others(request)), "mail_form": form_for(request)}
        return super().password_change(request, sessions | (extra_context or {}))

    def admin_view(self, view: Callable[..., HttpResponse], cacheable: bool = False) -> Callable[..., HttpResponse]:
        is_list = getattr(view, "__name__", "") == "changelist_view"
        return super().admin_view(refuse_forged_queries(view) if is_list else view, cacheable)

    def get_urls(self) -> list[Any]:
        return [
            path(
                "markdownx/markdownify/",
                self.admin_view(StaffMarkdownifyView.as_view()),
                name="markdownx_markdownify",
            ),
            path("markdownx/upload/", self.admin_view(StaffUploadView.as_view()), name="markdownx_upload"),
            path("titles/", self.admin_view(TitlesView.as_view()), name="titles"),
            path("sessions/end/", self.admin_view(end_others), name="end_sessions"),
            path("jobs/", self.admin_view(jobs.list_view), name="jobs"),
            path("jobs/<int:pk>/", self.admin_view(jobs.job_view), name="job"),
            path("jobs/<int:pk>/status/", self.admin_view(jobs.status_view), name="job_status"),
            path("jobs/<int:pk>/stop/", self.admin_view(jobs.stop_view), name="stop_job"),
            path("jobs/<int:pk>/try-again/", self.admin_view(jobs.retry_view), name="retry_job"),
            path("paste/", self.admin_view(paste), name="paste"),
            path("mails/", self.admin_view(choose_mails), name="choose_mails"),
            path("inbox/", self.admin_view(inbox.inbox), name="inbox"),
            path("inbox/add/", self.admin_view(inbox.collect), name="collect"),
            path("inbox/links/", self.admin_view(inbox.links), name="collected_links"),
            path("manifest.webmanifest", self.admin_view(manifest), name="manifest"),
            path("handbook/", self.admin_view(handbook), name="handbook"),
            path("files/", self.admin_view(find_files), name="files"),
            *(path(route, self.admin_view(view), name=name) for route, view, name in self.extra_views),
            *reset_urls(self),
            *super().get_urls(),
        ]

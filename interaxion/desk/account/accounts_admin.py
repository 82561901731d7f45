"""Accounts in the admin. A new one needs no password: its owner chooses it, by a link."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.forms import CheckboxSelectMultiple, ChoiceField, RadioSelect
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from interaxion.desk.account.inviting import days_of, make_link, send_link
from interaxion.desk.account.password_reset import MAILS
from interaxion.desk.account.permission_names import NamesPermissions
from interaxion.serving.rate_limit import Throttle

#: Rate limit for an hour: links that one administrator makes or sends.
LINKS = Throttle("invitation", most=30, window=60 * 60)

admin.site.unregister(User)


class NewAccountForm(AdminUserCreationForm):
    usable_password = ChoiceField(
        label=gettext_lazy("Password"),
        required=False,
        initial="false",
        choices={
            "false": gettext_lazy("They choose it themselves, by a link"),
            "true": gettext_lazy("I choose it here"),
        },
        widget=RadioSelect(attrs={"class": "radiolist inline"}),
    )


@admin.register(User)
class AccountsAdmin(NamesPermissions, UserAdmin):
    add_form = NewAccountForm
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("username", "email", "usable_password", "password1", "password2", "is_staff", "groups"),
            },
        ),
    )

    readonly_fields = ("last_login", "date_joined")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":  # there are few, and everybody needs one
            kwargs["widget"] = CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"is_staff": True} | super().get_changeform_initial_data(request)

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(never_cache(self.invite_view))
        return [path("<path:object_id>/invite/", page, name="auth_user_invite"), *super().get_urls()]

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: str | None = None) -> HttpResponse:
        """Send a new account without a password its link; without mail, lead to the page that shows one."""
        response = super().response_add(request, obj, post_url_continue)
        if obj.has_usable_password() or "_popup" in request.POST:
            return response
        if settings.SENDS_MAIL and obj.email:
            self._send(request, obj)
            return response
        return redirect("admin:auth_user_invite", obj.pk)

    def invite_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask whether to make a link; POST sends it by e-mail, or shows it, this once."""
        user = self.get_object(request, unquote(object_id))
        if not self._may_invite(request, user):
            raise PermissionDenied
        if user is None or not user.is_active:
            raise Http404
        by_mail, link = bool(settings.SENDS_MAIL and user.email), ""
        if request.method == "POST" and by_mail and "show" not in request.POST:
            self._send(request, user)
            return redirect("admin:auth_user_change", user.pk)
        if request.method == "POST" and self._may_make_one_more(request):
            self.log_change(request, user, _("Made a link to choose a password"))
            link = make_link(user)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "thing": user,
            "title": _("A link for %(account)s") % {"account": user.get_username()},
            "by_mail": by_mail,
            "link": link,
            "days": days_of(user),
            "change_url": reverse("admin:auth_user_change", args=[user.pk]),
        }
        return TemplateResponse(request, "admin/invite.html", context)

    def _may_invite(self, request: HttpRequest, user: User | None) -> bool:
        """Whether this administrator may make a link, which is as good as the password of the account."""
        may_change = self.has_change_permission(request, user)
        return may_change and (user is None or request.user.is_superuser or not user.is_superuser)

    def _may_make_one_more(self, request: HttpRequest) -> bool:
        if LINKS.count(str(request.user.pk)) <= LINKS.most:
            return True
        messages.error(request, _("That were many links. Please wait an hour."))
        return False

    def _send(self, request: HttpRequest, user: User) -> None:
        to = {"email": user.email}
        if MAILS.is_over(user.email.casefold()):
            messages.error(request, _("Three links were sent to %(email)s within an hour. Please wait.") % to)
        elif self._may_make_one_more(request):
            MAILS.count(user.email.casefold())
            if send_link(user):
                self.log_change(request, user, _("Sent a link to choose a password"))
                messages.success(request, _("A link to choose a password was sent to %(email)s.") % to)
            else:
                messages.error(request, _("The mail server did not take the link. Show it, and pass it on yourself."))

"""Forgotten passwords: a link by e-mail, for accounts that have an address. Nobody learns from it who has one."""

from collections.abc import Callable
from threading import Thread
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse_lazy
from django.utils import translation
from django.views.decorators.cache import never_cache

from interaxion.serving.rate_limit import Throttle, address_of

#: E-mails to one address, and questions from one place, in an hour.
MAILS = Throttle("password-reset", most=3, window=60 * 60)
QUESTIONS = Throttle("password-reset-from", most=20, window=60 * 60)
THREAD = "password reset"


class ResetForm(PasswordResetForm):
    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """Beside the answer, which would else tell by its time whether there was anybody to write to."""
        send, language = super().send_mail, translation.get_language()

        def write() -> None:
            with translation.override(language):
                send(*args, **kwargs)

        Thread(target=write, name=THREAD).start()


class ResetView(views.PasswordResetView):
    form_class = ResetForm
    email_template_name = "admin/password_reset_email.txt"
    subject_template_name = "admin/password_reset_subject.txt"
    success_url = reverse_lazy("admin:password_reset_done")

    @property
    def extra_email_context(self) -> dict[str, str]:
        """The address of the site as the operator says it: what a request calls itself is the visitor's to write."""
        return {"site_url": settings.SITE_URL, "site_host": settings.SITE_HOST}

    def form_valid(self, form: ResetForm) -> HttpResponse:
        """One answer for every address: known, unknown, or asked for too often."""
        email, place = form.cleaned_data["email"].casefold(), address_of(self.request)
        if MAILS.is_over(email) or QUESTIONS.is_over(place):
            return redirect(self.get_success_url())
        MAILS.count(email)
        QUESTIONS.count(place)
        return super().form_valid(form)


class ConfirmView(views.PasswordResetConfirmView):
    success_url = reverse_lazy("admin:password_reset_complete")


def reset_urls(site: AdminSite) -> list[Any]:
    """The pages for somebody who is not logged in. Without a mail server there are none."""

    def page(view: Any) -> Callable[..., HttpResponse]:
        @never_cache
        def answer(request: HttpRequest, **kwargs: str) -> HttpResponse:
            if not settings.SENDS_MAIL:
                raise Http404
            return view.as_view(extra_context=site.each_context(request))(request, **kwargs)

        return answer

    return [
        path("password_reset/", page(ResetView), name="password_reset"),
        path("password_reset/done/", page(views.PasswordResetDoneView), name="password_reset_done"),
        path("reset/<uidb64>/<token>/", page(ConfirmView), name="password_reset_confirm"),
        path("reset/done/", page(views.PasswordResetCompleteView), name="password_reset_complete"),
    ]

"""Password reset by e-mail, with a rate limit. No answer reveals which accounts exist."""

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

#: Rate limits for an hour: e-mails to one address, and requests from one IP address.
MAILS = Throttle("password-reset", most=3, window=60 * 60)
QUESTIONS = Throttle("password-reset-from", most=20, window=60 * 60)
THREAD = "password reset"


class ResetForm(PasswordResetForm):
    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send in a thread, so that the response time does not reveal whether the account exists (timing attack)."""
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
        """The address of the site from the settings: a visitor can forge the Host header of a request."""
        return {"site_url": settings.SITE_URL, "site_host": settings.SITE_HOST}

    def form_valid(self, form: ResetForm) -> HttpResponse:
        """Answer in the same way for a known address, an unknown one, and one over the rate limit."""
        email, place = form.cleaned_data["email"].casefold(), address_of(self.request)
        if MAILS.is_over(email) or QUESTIONS.is_over(place):
            return redirect(self.get_success_url())
        MAILS.count(email)
        QUESTIONS.count(place)
        return super().form_valid(form)


class ConfirmView(views.PasswordResetConfirmView):
    success_url = reverse_lazy("admin:password_reset_complete")


def reset_urls(site: AdminSite) -> list[Any]:
    """Return the URLs for visitors who are not logged in. Without a mail server nobody can ask for a link: 404."""

    def page(view: Any, *, asks: bool = False) -> Callable[..., HttpResponse]:
        @never_cache
        def answer(request: HttpRequest, **kwargs: str) -> HttpResponse:
            if asks and not settings.SENDS_MAIL:
                raise Http404
            return view.as_view(extra_context=site.each_context(request))(request, **kwargs)

        return answer

    return [
        path("password_reset/", page(ResetView, asks=True), name="password_reset"),
        path("password_reset/done/", page(views.PasswordResetDoneView, asks=True), name="password_reset_done"),
        path("reset/<uidb64>/<token>/", page(ConfirmView), name="password_reset_confirm"),
        path("reset/done/", page(views.PasswordResetCompleteView), name="password_reset_complete"),
    ]

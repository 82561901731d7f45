"""The sessions of an account: how many there are beside this one, and the end of them."""

from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST


def find_others(request: HttpRequest) -> list[Session]:
    """Return the other sessions of the account. Nothing lists them by account, but only the team has any at all."""
    others = Session.objects.filter(expire_date__gt=timezone.now()).exclude(pk=request.session.session_key)
    return [session for session in others if session.get_decoded().get(SESSION_KEY) == request.session[SESSION_KEY]]


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End them. A request that is under way there cannot save its session again: Django refuses to make it anew."""
    others = find_others(request)
    Session.objects.filter(pk__in=[session.pk for session in others]).delete()
    ended = ngettext("%(count)d other session has ended.", "%(count)d other sessions have ended.", len(others))
    messages.success(request, ended % {"count": len(others)} if others else _("There was no other session."))
    return redirect("admin:password_change")

"""The page on how to listen: the show in podcast apps, its feed, and how to add that to an app."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from interaxion.sitewide.pages.introductions import Introduction

#: A plain page at this address introduces the show in its own words.
ADDRESS = "/how-to-listen/"
INTRODUCTION = Introduction(
    ADDRESS,
    _("How to listen"),
    _("Each episode plays on its own page. In a podcast app, new episodes come to you by themselves."),
)


@require_safe
def how_to_listen(request: HttpRequest) -> HttpResponse:
    return render(request, "sitewide/how_to_listen.html", INTRODUCTION.words())

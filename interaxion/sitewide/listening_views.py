"""How to listen: the show in the apps, its feed, and how an app takes it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from interaxion.content.editions import find_editions
from interaxion.sitewide.models import Page

#: A plain page at this address introduces the show in its own words.
ADDRESS = "/how-to-listen/"


@require_safe
def how_to_listen(request: HttpRequest) -> HttpResponse:
    page = Page.introducing(ADDRESS)
    editions = find_editions(page) if page else []
    return render(request, "sitewide/how_to_listen.html", {"page": page, "editions": editions})


how_to_listen.introduced_by = Page

"""The page of works that may be one: an editor chooses which are merged, and can take it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext

from interaxion.content.linking.same_works import find_same_works
from interaxion.content.linking.titles import titles_of
from interaxion.desk.changes.offering import offer_undo
from interaxion.sitewide.desk.works.merging import merge_all

#: So many are shown at a time.
MOST = 100


def same_view(request: HttpRequest, site_context: dict[str, Any]) -> HttpResponse:
    """Show what may be one; after a POST merge those whose tokens were sent, and that still are as they were seen."""
    offers = find_same_works()
    if request.method == "POST":
        chosen = set(request.POST.getlist("same"))
        wanted = [offer for offer in offers if offer.token in chosen]
        if wanted:
            change = merge_all(wanted, user=request.user)
            count = sum(len(offer.works) for offer in wanted)
            text = ngettext("%(count)d work was merged.", "%(count)d works were merged.", count)
            offer_undo(request, change, text % {"count": count})
        else:
            messages.warning(request, gettext("Choose what is one. What has changed meanwhile is shown anew."))
        return redirect("admin:content_work_same")
    shown = offers[:MOST]
    titles = titles_of({work for offer in shown for work in filter(None, (*offer.works, offer.into))})
    rows = [
        (offer, [(work, titles[work.pk]) for work in offer.works], titles[offer.into.pk] if offer.into else "")
        for offer in shown
    ]
    context = {"title": gettext("Works that may be one"), "rows": rows, "count": len(offers)}
    return TemplateResponse(request, "admin/same_works.html", {**site_context, **context})

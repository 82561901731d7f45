"""The link that shows a draft to guests without an account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from interaxion.content.publishing.shared_links import GOOD_FOR, make_token, revoke
from interaxion.desk.pages.access import thing_to_edit
from interaxion.desk.protocol import DeskAdmin


def share_view(model_admin: DeskAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Show a link that is valid from today; POST `renew` or `revoke` ends all links given out before."""
    thing = thing_to_edit(model_admin, request, object_id)
    if request.method == "POST":
        verb = next((verb for verb in ("renew", "revoke") if verb in request.POST), "")
        if not verb:
            return HttpResponseBadRequest()
        revoke(thing, renew=verb == "renew")
        messages.success(request, _("The links given out so far show nothing any more."))
        return redirect(model_admin.url_of("share", thing))
    with translation.override(thing.language):  # the language of the guest, not of the editor
        address = reverse("shared_preview", args=[make_token(thing)]) if thing.preview_key else ""
    return TemplateResponse(
        request,
        "admin/share.html",
        {
            **model_admin.admin_site.each_context(request),
            "opts": model_admin.opts,
            "thing": thing,
            "title": _("Share: %(thing)s") % {"thing": thing},
            "address": request.build_absolute_uri(address) if address else "",
            "good_until": timezone.localtime(timezone.now() + GOOD_FOR),
            "change_url": model_admin.url_of("change", thing),
        },
    )

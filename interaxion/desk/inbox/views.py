"""The inbox: what was collected in the week, for everybody who writes; from there it goes into the notes."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from interaxion.content.collecting.collected_link import CollectedLink, Places, places_of
from interaxion.content.linking.links import Link
from interaxion.content.publishing.window import Status
from interaxion.desk.inbox.sharing import bookmarklet, shared
from interaxion.desk.inbox.targets import drafts_for
from interaxion.desk.pages.render_limits import may_write
from interaxion.text.times import spell_time

MOST, MOST_AWAY = 200, 20


class CollectForm(forms.ModelForm):
    class Meta:
        model = CollectedLink
        fields = ("url", "title", "note")
        widgets = {
            "url": forms.URLInput(attrs={"class": "vTextField"}),
            "title": forms.TextInput(attrs={"class": "vTextField"}),
            "note": forms.TextInput(attrs={"class": "vTextField"}),
        }


@require_http_methods(["GET", "POST"])
def inbox(request: HttpRequest) -> HttpResponse:
    """Show what waits. POST `away` or `back`, the id of a link: put it away, or back."""
    _check(request)
    if request.method == "POST":
        verb = next((verb for verb in ("away", "back") if request.POST.get(verb, "").isdecimal()), "")
        if not verb:
            return HttpResponseBadRequest()
        link = get_object_or_404(CollectedLink, pk=int(request.POST[verb][:18]))
        link.away_at = timezone.now() if verb == "away" else None
        link.save(update_fields=["away_at"])
        return redirect("admin:inbox")
    return _show(
        request,
        "admin/inbox/inbox.html",
        title=_("Collected links"),
        entries=_entries(request.user),
        away=CollectedLink.objects.exclude(away_at=None).order_by("-away_at")[:MOST_AWAY],
        drafts=drafts_for(request.user),
        bookmarklet=bookmarklet(request),
    )


@require_http_methods(["GET", "POST"])
def collect(request: HttpRequest) -> HttpResponse:
    """GET: a form, filled in with `url`, `title` and `text` of a bookmarklet or a share sheet. POST saves it."""
    _check(request)
    if request.method == "GET":
        form = CollectForm(initial=shared(request.GET))
    else:
        form = CollectForm(request.POST, instance=CollectedLink(user=request.user))
        if form.is_valid():
            form.save()
            messages.success(request, _("It is in the inbox, for everybody."))
            return redirect("admin:inbox")
    seen = [form.instance] if form.instance.url else [CollectedLink(url=form["url"].value() or "")]
    return _show(request, "admin/inbox/collect.html", title=_("Collect a link"), form=form, before=_before(seen[0]))


@require_GET
def links(request: HttpRequest) -> HttpResponse:
    """Return what waits as JSON, for the editor: `{"links": […]}`, each as `_entries` makes it."""
    _check(request)
    return JsonResponse({"links": _entries(request.user)}, json_dumps_params={"ensure_ascii": False})


def _check(request: HttpRequest) -> None:
    if not may_write(request.user):
        raise PermissionDenied


def _show(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context})


def _entries(user: Any) -> list[dict[str, Any]]:
    waiting = list(CollectedLink.objects.waiting().select_related("user")[:MOST])
    places = places_of(waiting)
    return [
        {
            "id": link.pk,
            "url": link.url,
            "title": str(link),
            "note": link.note,
            "who": str(link.user or "–"),
            "at": timezone.localtime(link.collected_at).strftime("%Y-%m-%d %H:%M"),
            "markdown": link.markdown,
            "used": [_spell(place, user) for place in places[link.pk].used],
            "before": [_spell(place, user) for place in places[link.pk].before],
        }
        for link in waiting
    ]


def _before(link: CollectedLink) -> list[dict[str, str]]:
    """Return where the address of a link that is not saved yet stands already."""
    link.set_key()
    places: Places = next(iter(places_of([link]).values()))
    return [_spell(place, None) for place in places.before]


def _spell(place: Link, user: Any) -> dict[str, str]:
    """Return the words and the address of a place: of a draft its form, if the user may see it."""
    name = getattr(place.target, "spelled_number", "") or place.title
    words = f"{name} {spell_time(place.starts_at)}" if place.starts_at is not None else name
    if place.status == Status.PUBLISHED:
        return {"words": words, "url": place.get_absolute_url()}
    kind = ContentType.objects.get_for_id(place.content_type_id)
    if user is None or not user.has_perm(f"{kind.app_label}.view_{kind.model}"):
        return {"words": "", "url": ""}
    return {"words": words, "url": reverse(f"admin:{kind.app_label}_{kind.model}_change", args=[place.object_id])}

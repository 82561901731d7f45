"""After publishing: one page with what goes to other places, and ticks for what is there."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from episodes.audio.tagging import is_stale
from episodes.cards.files import card_path
from episodes.copies import CopiedNotes
from episodes.models import Episode
from episodes.podcast import Podcast
from episodes.short_notes import PROFILES
from episodes.short_notes.distribution import distribute
from interaxion.content.paths import public_url
from interaxion.desk.pages.access import thing_to_edit
from interaxion.desk.protocol import DeskAdmin


@dataclass
class Errand:
    """Something that somebody takes to another place. `taken` is what was ticked, None while nothing is."""

    key: str
    label: str
    #: What is taken: notes, or the name of a file, which changes with its content.
    text: str
    size: str = ""
    is_too_long: bool = False
    markup: str = "text"
    url: str = ""
    note: str = ""
    taken: CopiedNotes | None = None

    @property
    def is_done(self) -> bool:
        return self.taken is not None and self.taken.text == self.text


def after_publishing(model_admin: DeskAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Show the page. POST `done` or `undone`, the key of an errand, to tick it or to take the tick away."""
    episode = thing_to_edit(model_admin, request, object_id)
    errands = {errand.key: errand for errand in _errands(episode)}
    for taken in episode.copied_notes.select_related("user"):
        if taken.profile in errands:
            errands[taken.profile].taken = taken
    if request.method == "POST":
        errand = errands.get(request.POST.get("done") or request.POST.get("undone", ""))
        if errand is None:
            return HttpResponseBadRequest()
        if "done" in request.POST:
            values = {"text": errand.text, "copied_at": timezone.now(), "user": request.user}
            CopiedNotes.objects.update_or_create(episode=episode, profile=errand.key, defaults=values)
        elif errand.taken:
            errand.taken.delete()
        return redirect(f"{model_admin.url_of('after_publishing', episode)}#{errand.key}")
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "thing": episode,
        "title": _("After publishing: %(thing)s") % {"thing": episode},
        "change_url": model_admin.url_of("change", episode),
        "page_url": public_url(episode.published_path()),
        "errands": errands.values(),
        "left": sum(not errand.is_done for errand in errands.values()),
    }
    return TemplateResponse(request, "admin/after_publishing.html", context)


def _errands(episode: Episode) -> Iterator[Errand]:
    for profile in PROFILES.values():
        notes = distribute(episode, profile).notes
        size = f"{notes.size:,} / {profile.limit:,}"
        yield Errand(profile.key, _(profile.name), notes.text, size, not notes.fits, profile.markup)
    if episode.audio_file:
        note = _("Its tags say something else than the episode does: write them again.") if is_stale(episode) else ""
        url, name = episode.audio_file.url, episode.audio_file.name
        yield Errand("audio", _("The audio file, with its tags"), name, url=url, note=note)
    if episode.is_live():  # else its picture is not to be had yet
        card = card_path(episode, Podcast.current())
        yield Errand("card", _("The picture for posts"), card, url=card)

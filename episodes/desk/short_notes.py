"""The panel of the short notes beside the form: their length, the cuts, and the changes since they were copied."""

from collections.abc import Sequence
from itertools import groupby

from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from episodes.copies import CopiedNotes
from episodes.models import Episode
from episodes.short_notes import PROFILES, Cut, Profile, spell_markdown
from episodes.short_notes.distribution import Distribution, distribute
from interaxion.desk.pages.access import thing_to_edit
from interaxion.desk.pages.render_limits import refuse_to_render
from interaxion.desk.protocol import DeskAdmin
from interaxion.text.differences import compare

#: The labels of cuts other than links.
CUTS = {
    "embed": _("Embeds"),
    "quotation": _("Quotations"),
    "commentary": _("Commentary"),
    "introduction": _("Of the introduction"),
    "announcement": _("Of the announcements"),
    "heading": _("Headings, shortened"),
}
CHOICES = {"": _("as it fits"), "pin": _("always"), "drop": _("never")}


def short_notes(model_admin: DeskAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Return the panel, a piece of HTML, for the profile `short_notes_for`.

    A POST of the form compiles what is typed; if the form is refused, or on a GET, what was saved last. `copied`
    records that somebody copied them; `markdown` returns the compiled notes as text, for editing by hand.
    """
    episode = thing_to_edit(model_admin, request, object_id)
    data = request.POST if request.method == "POST" else request.GET
    profile = PROFILES.get(data.get("short_notes_for", "spotify"))
    if profile is None:
        raise Http404
    if request.method == "POST" and (refusal := refuse_to_render(request)):
        return refusal
    typed = model_admin.put_typed_together(request, episode)[0] if request.method == "POST" else None
    is_refused = request.method == "POST" and typed is None
    # A refused form has written into the episode: load it again.
    result = distribute(typed or thing_to_edit(model_admin, request, object_id), profile)
    if "markdown" in data:
        return HttpResponse(spell_markdown(result.compiled), content_type="text/plain; charset=utf-8")
    if is_copied := "copied" in data and request.method == "POST":
        _remember(episode, result, profile, request.user)
    return HttpResponse(_panel(episode, result, profile, is_copied=is_copied, is_last_save=is_refused))


def panel_beside_preview(typed: Episode, key: str) -> str:
    """Return the panel for what is typed, which the preview has rendered; "" for an unknown profile."""
    profile = PROFILES.get(key)
    return _panel(typed, distribute(typed, profile), profile) if profile else ""


def _panel(
    episode: Episode, result: Distribution, profile: Profile, *, is_copied: bool = False, is_last_save: bool = False
) -> str:
    copied = episode.copied_notes.filter(profile=profile.key).select_related("user").first()
    context = {
        "result": result,
        "profile": profile,
        "profiles": PROFILES.values(),
        "size": f"{result.notes.size:,} / {profile.limit:,}",
        "is_last_save": is_last_save,
        "copied": copied,
        "is_just_copied": is_copied,
        "changes": copied.changes_to(result.notes.text) if copied else [],
        "by_hand": compare(result.compiled.plain, result.by_hand.plain) if result.by_hand else [],
        "kept": sum(link.is_kept for link in result.links),
        "choices": CHOICES.items(),
        "cuts": _by_kind(result.notes.cuts),
    }
    return render_to_string("admin/short_notes.html", context)


def _remember(episode: Episode, result: Distribution, profile: Profile, user: AbstractBaseUser) -> None:
    CopiedNotes.objects.update_or_create(
        episode=episode,
        profile=profile.key,
        defaults={"text": result.notes.text, "copied_at": timezone.now(), "user": user},
    )


def _by_kind(cuts: Sequence[Cut]) -> list[tuple[str, list[str]]]:
    """Return the cuts other than links: the label of each sort, and the beginnings of the texts."""
    ordered = sorted((cut for cut in cuts if cut.what in CUTS), key=lambda cut: list(CUTS).index(cut.what))
    return [
        (str(CUTS[what]), [cut.text for cut in group if cut.text]) for what, group in groupby(ordered, lambda c: c.what)
    ]

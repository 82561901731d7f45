"""The tools of the page: the words that the show mishears, and the program that transcribes."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from episodes.desk.transcript.typed import read_lines
from episodes.podcast import Podcast
from episodes.transcripts.transcribing import queue_transcribing
from interaxion.desk.pages.access import thing_to_edit
from interaxion.desk.protocol import DeskAdmin
from interaxion.text.transcripts.replacements import Replacer, parse_replacement, spell_replacement


def propose_words(model_admin: DeskAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """POST `data` (the lines): answer which lines the words of the show would change, as [line, before, after].

    With `wrong` and `right` also by this pair; with `keep` the pair is added to the words of the show.
    """
    thing_to_edit(model_admin, request, str(pk))
    podcast = Podcast.current()
    table = list(filter(None, map(parse_replacement, podcast.misheard_words)))
    try:
        rows = read_lines(request.POST.get("data", "")).rows
        if wrong := request.POST.get("wrong", "").strip():
            pair = parse_replacement(spell_replacement(wrong, request.POST.get("right", "").strip()))
            if pair is None:
                raise ValidationError(_("Write what is heard, and what is right instead."))
            if "keep" in request.POST and pair not in table:
                _keep_pair(request, podcast, pair)
            table.append(pair)
    except ValidationError as problem:
        return JsonResponse({"error": " ".join(problem.messages)}, status=422)
    replacer = Replacer(table)
    changes = [(line, str(row[2]), replacer.replace(str(row[2]))) for line, row in enumerate(rows)]
    return JsonResponse(
        {"changes": [change for change in changes if change[1] != change[2]], "words": podcast.misheard_words},
        json_dumps_params={"ensure_ascii": False},
    )


def _keep_pair(request: HttpRequest, podcast: Podcast, pair: tuple[str, str]) -> None:
    if not request.user.has_perm("episodes.change_podcast"):
        raise PermissionDenied
    others = [line for line in podcast.misheard_words if (parse_replacement(line) or ("",))[0] != pair[0]]
    podcast.misheard_words = [*others, spell_replacement(*pair)]
    podcast.full_clean()
    podcast.save()


def transcribe_now(model_admin: DeskAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """POST: queue the job that transcribes, and show it."""
    episode = thing_to_edit(model_admin, request, str(pk))
    try:
        job = queue_transcribing(episode, user=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect(model_admin.url_of("transcript", episode))
    return redirect("admin:job", job.pk)

"""Saving the lines without leaving the page, and keeping what is typed meanwhile. The answers are JSON."""

import re
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseBadRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from episodes.desk.transcript.merging import merge_typed
from episodes.desk.transcript.typed import Typed, read_typed
from episodes.models import Transcript
from episodes.transcripts.storing import store_transcript, transcript_of
from interaxion.content.publishing.working_copies import WorkingCopy, forget, keep, make_key
from interaxion.content.saving.storing import StaleVersion
from interaxion.desk.pages.access import thing_to_edit
from interaxion.desk.protocol import DeskAdmin

_KEY = re.compile(r"[\w-]{8,64}", re.ASCII)


def save_transcript(model_admin: DeskAdmin, request: HttpRequest, pk: int) -> HttpResponseBase:
    """POST `data` (the lines as a urlencoded form), `base` (the version they began with), `key` of the working copy.

    Answers with the new `version` and the `key` for what follows; `isMerged` if somebody else's lines came in, so that
    the page must be loaded again. 409: both changed the same lines, and `follow` (mine, theirs) decides. 422, 403:
    `error` says why not. Then nothing was saved.
    """
    episode = thing_to_edit(model_admin, request, str(pk))
    key = request.POST.get("key", "")
    if not _KEY.fullmatch(key):
        return HttpResponseBadRequest()
    transcript = transcript_of(episode)
    try:
        typed = read_typed(request.POST.get("data", ""))
        outcome = _save(transcript, typed, _number(request, "base"), request.POST.get("follow", ""), request.user)
    except ValidationError as problem:
        return _json(HTTPStatus.UNPROCESSABLE_ENTITY, error=" ".join(problem.messages))
    except PermissionDenied as problem:
        return _json(HTTPStatus.FORBIDDEN, error=str(problem))
    except StaleVersion:
        return _json(HTTPStatus.UNPROCESSABLE_ENTITY, error=_("Somebody saved it at the same moment. Save again."))
    if "conflicts" in outcome:
        return _json(HTTPStatus.CONFLICT, **outcome)
    forget(request.user, Transcript, transcript.pk, key)
    said = _("Saved at %(time)s") % {"time": f"{timezone.localtime():%H:%M}"}
    return _json(HTTPStatus.OK, version=transcript.version, key=make_key(), savedAt=said, **outcome)


def _save(transcript: Transcript, typed: Typed, base: int, follow: str, user: Any) -> dict[str, Any]:
    """Store what was typed, put together with what others saved since `base`. Return more fields of the answer."""
    outcome: dict[str, Any] = {}
    if base != transcript.version:
        try:
            typed, merged = merge_typed(transcript, base, typed, follow=follow)
        except LookupError as problem:
            words = _("The version that this began with is not kept any more. Load the page again.")
            raise ValidationError(words) from problem
        if merged.conflicts and follow not in {"mine", "theirs"}:
            words = _("Somebody else saved other words in %(count)d of the lines that you changed.")
            return {"conflicts": len(merged.conflicts), "error": words % {"count": len(merged.conflicts)}}
        outcome = {"isMerged": True}
    typed.fill(transcript)
    store_transcript(transcript, user=user)
    return outcome


def autosave_transcript(model_admin: DeskAdmin, request: HttpRequest, pk: int) -> HttpResponseBase:
    """The same as `autosave_view()` for a form: POST `key`, `data` and `base`; without `data` it is a heartbeat."""
    episode = thing_to_edit(model_admin, request, str(pk))
    key, transcript = request.POST.get("key", ""), transcript_of(episode)
    if not _KEY.fullmatch(key) or transcript.pk is None or "\0" in request.POST.get("data", ""):
        return HttpResponseBadRequest()
    values = {"data": request.POST["data"], "base_version": _number(request, "base")} if "data" in request.POST else {}
    copy = keep(request.user, Transcript, transcript.pk, key, **values)
    others = WorkingCopy.objects.of(transcript).open_now().exclude(user=request.user)
    return _json(
        HTTPStatus.OK,
        isClosed=bool(copy.closed_at),
        keptAt=f"{timezone.localtime(copy.saved_at):%H:%M}" if copy.saved_at else "",
        version=transcript.version,
        others=sorted(set(others.values_list("user__username", flat=True))),
    )


def _number(request: HttpRequest, name: str) -> int:
    number = request.POST.get(name, "")
    return int(number[:9]) if number.isascii() and number.isdecimal() else 0


def _json(status: HTTPStatus, **answer: Any) -> JsonResponse:
    return JsonResponse(answer, status=status, json_dumps_params={"ensure_ascii": False})

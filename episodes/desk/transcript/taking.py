"""Taking in a transcript that somebody has: a file that is uploaded, or one at an address."""

from collections.abc import Sequence
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from episodes.models import Episode, Speaker, Transcript
from episodes.transcripts.importing import read_for
from episodes.transcripts.labels import match_labels
from episodes.transcripts.storing import as_rows, store_transcript, transcript_of
from interaxion.content.languages import in_a_row, known_language
from interaxion.content.saving.storing import StaleVersion
from interaxion.desk.pages.access import thing_to_edit
from interaxion.desk.protocol import DeskAdmin
from interaxion.text.source_errors import SourceError
from interaxion.text.transcripts.cues import Transcription
from interaxion.text.transcripts.reading import MOST_BYTES
from interaxion.web.ssrf_guard import FetchFailed, FetchRefused, IPNetwork, fetch

SECONDS = 20.0


def taking_urls(model_admin: DeskAdmin) -> list[URLPattern]:
    view = require_POST(partial(take_transcript, model_admin))
    return [
        path(
            "<int:pk>/transcript/take/",
            model_admin.admin_site.admin_view(view),
            name="episodes_episode_transcript_take",
        )
    ]


def take_transcript(
    model_admin: DeskAdmin, request: HttpRequest, pk: int, *, allowed_networks: Sequence[IPNetwork] = ()
) -> HttpResponse:
    """POST `file` or `url`, and the `version` that was seen: it becomes the episode's transcript, as a new version.

    Whether visitors get it stays as it is. `allowed_networks` are for tests.
    """
    episode = thing_to_edit(model_admin, request, str(pk))
    transcript = transcript_of(episode)
    try:
        name, data = _read(request, allowed_networks)
        read = read_for(episode, data, name)
        transcript.cues = as_rows(read.cues)
        transcript.language = known_language(read.language) or transcript.language
        if str(transcript.version) != request.POST.get("version", str(transcript.version)):
            raise StaleVersion
        store_transcript(transcript, user=request.user, note=name[:200])
    except SourceError as refused:
        messages.error(request, spell_fault(refused))
    except (FetchRefused, FetchFailed) as problem:
        messages.error(request, _("The address gives no transcript: %(problem)s") % {"problem": problem})
    except StaleVersion:
        messages.error(
            request, _("Somebody has saved the transcript since this page was opened. Nothing was replaced.")
        )
    except (PermissionDenied, ValidationError) as refused:
        messages.error(request, " ".join(getattr(refused, "messages", [str(refused)])))
    else:
        _tell(request, episode, transcript, read)
    return redirect(model_admin.url_of("change", episode))


def spell_fault(refused: SourceError) -> str:
    """Return file, line, fault and cure in the language of the reader."""
    return _("%(file)s, line %(line)d: %(fault)s. %(cure)s.") % {
        "file": refused.file,
        "line": refused.line,
        "fault": _(refused.message) % refused.params,
        "cure": _(refused.cure) % refused.params,
    }


def _read(request: HttpRequest, allowed_networks: Sequence[IPNetwork]) -> tuple[str, bytes]:
    """Return the name and the bytes of what was sent. Raises ValidationError, FetchRefused, FetchFailed."""
    url = request.POST.get("url", "").strip()
    if file := request.FILES.get("file"):
        return file.name, file.read(MOST_BYTES + 1)
    if not url:
        raise ValidationError(_("Choose a file, or give its address."))
    fetched = fetch(url, most_bytes=MOST_BYTES, seconds=SECONDS, allowed_networks=allowed_networks)
    if fetched.status != 200:
        raise FetchFailed(f"{fetched.url}: {fetched.status}")
    return url, fetched.body


def _tell(request: HttpRequest, episode: Episode, transcript: Transcript, read: Transcription) -> None:
    count = len(read.cues)
    said = ngettext("The transcript is taken: %(count)d piece.", "The transcript is taken: %(count)d pieces.", count)
    messages.success(request, said % {"count": count})
    for note in read.notes:
        place = _("Line %(line)d: %(note)s.") % {"line": note.line, "note": _(note.message) % note.params}
        messages.warning(request, place)
    people = Speaker.objects.filter(appearances__episode=episode)
    if unmatched := match_labels(read.cues, people).unmatched:
        text = _("Nobody in this episode is called so, and nobody is guessed: %(labels)s.")
        messages.warning(request, text % {"labels": in_a_row(unmatched[:20])})
    if not transcript.is_published:
        messages.info(request, _("Visitors do not get it yet."))

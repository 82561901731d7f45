"""The addresses below an episode in the admin. Each view checks the permission on that episode."""

from functools import partial

from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from episodes.desk.transcript.page import recover_transcript, transcript_page
from episodes.desk.transcript.saving import autosave_transcript, save_transcript
from episodes.desk.transcript.tools import propose_words, transcribe_now
from interaxion.desk.protocol import DeskAdmin


def transcript_urls(model_admin: DeskAdmin) -> list[URLPattern]:
    protect = model_admin.admin_site.admin_view
    posted = {
        "save": save_transcript,
        "autosave": autosave_transcript,
        "recover": recover_transcript,
        "words": propose_words,
        "transcribe": transcribe_now,
    }
    return [
        path(
            "<int:pk>/transcript/", protect(partial(transcript_page, model_admin)), name="episodes_episode_transcript"
        ),
        *(
            path(
                f"<int:pk>/transcript/{name}/",
                protect(require_POST(partial(view, model_admin))),
                name=f"episodes_episode_transcript_{name}",
            )
            for name, view in posted.items()
        ),
    ]

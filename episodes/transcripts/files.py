"""The forms in which an episode's transcript is offered, below the address of its page.

https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/transcript.md
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from interaxion.text.transcripts.cues import Cue
from interaxion.text.transcripts.json_forms import write_json
from interaxion.text.transcripts.srt import write_srt
from interaxion.text.transcripts.vtt import write_vtt

#: What follows the address of an episode's page.
PAGE = "/transcript"


@dataclass(frozen=True)
class Form:
    content_type: str
    write: Callable[[Iterable[Cue]], str]


#: By the last part of the address, the one that most apps read first.
FORMS = {
    "transcript.vtt": Form("text/vtt", write_vtt),
    "transcript.srt": Form("application/x-subrip", write_srt),
    "transcript.json": Form("application/json", write_json),
}


def addresses(page_path: str) -> Iterator[tuple[str, str]]:
    """Yield the address and the content type of each form, that of the page at the end."""
    yield from ((f"{page_path}/{name}", form.content_type) for name, form in FORMS.items())
    yield page_path + PAGE, "text/html"

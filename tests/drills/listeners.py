"""Fifty slow listeners must not delay pages, from our server alone and behind nginx."""

from collections.abc import Iterator
from contextlib import nullcontext

from tests.drills.site import Site, serve_site
from tests.drills.visitors import Listeners, Readers
from tests.services import ServiceMissing, nginx

#: Listeners, and bytes per second for each.
COUNT, RATE = 50, 16_000
AUDIO = "audio/drill.mp3"
AUDIO_BYTES = 64_000_000


def run(seconds: float, *, most: float = 1) -> Iterator[str]:
    yield f"our server alone: {listen(seconds, most)}"
    try:
        yield f"behind nginx: {listen(seconds, most, behind_nginx=True)}"
    except ServiceMissing as reason:
        yield f"behind nginx: not run, {reason}"


def listen(seconds: float, most: float, *, behind_nginx: bool = False) -> Readers:
    with serve_site(MEDIA_ACCEL="X-Accel-Redirect" if behind_nginx else "") as site:
        write_audio(site)
        with nginx(site.port, site.media) if behind_nginx else nullcontext(site.port) as port:
            readers = Readers(port)
            readers.warm_up()
            with Listeners(port, f"/media/{AUDIO}", count=COUNT, rate=RATE) as listeners:
                readers.read(seconds)
            readers.check(most)
            fewest = min(listeners.taken)
            assert fewest > seconds * RATE / 2, f"a listener got {fewest} bytes"
    return readers


def write_audio(site: Site) -> None:
    audio = site.media / AUDIO
    audio.parent.mkdir(parents=True, exist_ok=True)
    with audio.open("wb") as stream:
        stream.truncate(AUDIO_BYTES)

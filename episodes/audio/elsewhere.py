"""Audio on another host: whether it is there as the feed says.

Apple checks it with the same kind of request: https://podcasters.apple.com/support/823-podcast-requirements
"""

from collections.abc import Sequence

from interaxion.web.ssrf_guard import FetchFailed, FetchRefused, IPNetwork, fetch

#: Content types that hosts send with audio; some send only "bytes".
KINDS = ("audio/", "video/", "application/octet-stream", "binary/octet-stream")


def find_audio_problem(url: str, *, length: int | None, allowed_networks: Sequence[IPNetwork] = ()) -> str:
    """Return what is wrong with the audio at `url`, which has `length` bytes according to the feed; "" if nothing is.

    Sends a HEAD request, so the audio itself is not fetched.
    """
    try:
        answer = fetch(url, method="HEAD", most_bytes=0, allowed_networks=allowed_networks)
    except (FetchRefused, FetchFailed) as problem:
        return f"the audio cannot be reached: {problem}"
    if answer.status != 200:
        return f"{url}: the host of the audio answers {answer.status}"
    if not answer.content_type.startswith(KINDS):
        return f"{url}: the host sends {answer.content_type} instead of audio"
    if length and answer.length and answer.length != length:
        return f"{url}: the audio has {answer.length} bytes, and the feed says {length}"
    return ""

"""Whether another host has the audio that the feed sends listeners to. Pure.

Apple asks the same way: https://podcasters.apple.com/support/823-podcast-requirements
"""

from collections.abc import Sequence

from interaxion.web.ssrf_guard import FetchFailed, FetchRefused, IPNetwork, fetch

#: What hosts call audio; some know no better than "bytes".
KINDS = ("audio/", "video/", "application/octet-stream", "binary/octet-stream")


def find_audio_problem(url: str, *, length: int | None, allowed_networks: Sequence[IPNetwork] = ()) -> str:
    """What is wrong with the audio at `url`, of which the feed says that it has `length` bytes; nothing if it is well.

    The audio itself is not fetched.
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

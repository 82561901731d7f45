"""The content of a show, for a peer that shows the same: a line of JSON for each live episode."""

import json
from pathlib import Path

from episodes.models import Episode


def describe(file: str) -> int:
    """Write the file, the newest episode first; return how many there are."""
    episodes = Episode.objects.live().with_details().newest_first()
    with Path(file).open("w", encoding="utf-8") as lines:
        for episode in episodes:
            facts = {
                "number": int(episode.number),
                "title": episode.title,
                "summary": episode.summary_html,
                "body": episode.html,
                "audio_url": episode.audio_url,
                "audio_bytes": episode.audio_bytes,
                "seconds": episode.audio_seconds,
                "published": episode.publish_at.isoformat(),
                "tags": [tag.name for tag in episode.tags.all()],
                "speakers": [appearance.speaker.name for appearance in episode.appearances.all()],
            }
            lines.write(json.dumps(facts, ensure_ascii=False) + "\n")
    return len(episodes)

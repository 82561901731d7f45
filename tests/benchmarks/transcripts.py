"""A show with what was said in it: `python -m tests.benchmarks.transcripts`; `SIZE` episodes of two hours (100).

The database is a throw-away one of the kind that DATABASE_URL names. Times are processor times: medians of what the
search finds and shows, before and after the transcripts came, and of the save and the page of one episode.
"""

import os
import random
import statistics
import time
from collections.abc import Callable
from functools import partial

from tests.benchmarks._database import throwaway_database
from tests.benchmarks.sites.words import sentence

ROUNDS = 9
LENGTH = 7200  # seconds
#: A word in every transcript, one of many, two words, and one that nothing holds.
QUERIES = ("温度", "準結晶", "スピン波 誤差", "存在しない語")


def milliseconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def measure(size: int) -> None:
    # Django must be set up before its models are imported.
    from episodes.models import Episode  # noqa: PLC0415
    from episodes.transcripts.sections import said_in_sections  # noqa: PLC0415
    from episodes.transcripts.views import said_on_page  # noqa: PLC0415
    from interaxion.content.search.finding import find  # noqa: PLC0415
    from interaxion.content.search.results import read  # noqa: PLC0415
    from interaxion.content.search.rows import SearchRow  # noqa: PLC0415
    from interaxion.text.search.query import parse_query  # noqa: PLC0415
    from interaxion.text.transcripts.cues import Cue  # noqa: PLC0415
    from tests.factories import make_episode, make_transcript  # noqa: PLC0415

    def search(typed: str) -> object:
        query = parse_query(typed)
        results = read(find(query).matches[:10], query)
        return [(result.title, result.hits, result.sentences) for result in results]

    dice = random.Random(1)  # noqa: S311
    notes = "".join(f"### {minute}:00 話{minute}\n\n{sentence(dice)}\n\n" for minute in range(0, 120, 12))
    episodes = [make_episode(number=str(n), notes=notes, live=True) for n in range(1, size + 1)]
    before = {typed: milliseconds(partial(search, typed)) for typed in QUERIES}
    saves = []
    for episode in episodes:
        said = tuple(Cue(second, second + 3.5, sentence(dice), dice.choice("岡青")) for second in range(0, LENGTH, 4))
        start = time.process_time()
        make_transcript(episode=episode, cues=said)
        saves.append((time.process_time() - start) * 1000)
    print(f"{size} episodes of {LENGTH // 3600} h, {SearchRow.objects.said().count()} rows of what was said")
    print(f"save of a transcript: {statistics.median(saves):.0f} ms")
    for typed, took in before.items():
        now = milliseconds(partial(search, typed))
        print(f"search {typed}: {now:.1f} ms, {took:.1f} ms without transcripts")
    episode = Episode.objects.latest("pk")
    print(f"what was said, for the page: {milliseconds(lambda: said_on_page(episode)):.1f} ms, ", end="")
    print(f"made anew: {milliseconds(lambda: said_in_sections(episode)):.1f} ms")


def main() -> None:
    with throwaway_database():
        measure(int(os.environ.get("SIZE", "100")))


if __name__ == "__main__":
    main()

"""The cost of a page without a server, against the least that our site answers: `/healthz`, one small query."""

from collections.abc import Iterator
from functools import partial

from tests.benchmarks.speed.inside import Inside, go_inside
from tests.benchmarks.speed.rounds import measure, median_of
from tests.benchmarks.speed.servers import Sample
from tests.benchmarks.speed.stage import EPISODES, Stage
from tests.benchmarks.speed.table import Row

IN_TURN = range(4, EPISODES, 8)


def rows(stage: Stage, rounds: int) -> Iterator[Row]:
    with go_inside(stage.site) as inside:
        results = measure(
            {
                "episode": median_of([partial(after_save, inside, f"/{number}", number) for number in IN_TURN]),
                "/healthz": partial(sample, inside, "/healthz", count=100),
                "kept": partial(kept, inside, "/57"),
                "store()": partial(save, inside, 57),
            },
            rounds,
        )
        queries = inside("get", path="/57")["queries"], inside("save", number=57)["queries"]
    for name, case, target in (("made anew", "episode", 16), ("kept", "kept", None)):
        yield Row(
            f"episode page, {name}, without a server",
            results.cpu(case),
            "ms",
            results.ratio(case, "/healthz"),
            "/healthz",
            target,
        )
    yield Row("store() of an episode", results.cpu("store()"))
    yield Row("queries of an episode page, of a save", queries[0], f"and {queries[1]:.0f}")


def after_save(inside: Inside, path: str, number: int) -> Sample:
    """Measure the first request after a save of the episode."""
    inside("save", number=number)
    return sample(inside, path)


def sample(inside: Inside, path: str, **how: object) -> Sample:
    answer = inside("get", path=path, **how)
    assert answer["status"] == 200, f"{path}: {answer['status']}"
    return Sample(answer["cpu"], answer["cpu"])


def kept(inside: Inside, path: str) -> Sample:
    """Measure requests for a page that has just been asked for."""
    sample(inside, path, is_cold=False)
    return sample(inside, path, is_cold=False, count=100)


def save(inside: Inside, number: int) -> Sample:
    spent = inside("save", number=number)["cpu"]
    return Sample(spent, spent)

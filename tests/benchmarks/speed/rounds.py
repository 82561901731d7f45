"""Measurements in rounds: each case once in every round, so that what else the machine does meets all of them alike."""

import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.benchmarks.speed.servers import Sample

#: Makes one measurement, of one request or the mean of several.
Case = Callable[[], Sample]


@dataclass(frozen=True)
class Rounds:
    """The samples of every case, round by round."""

    samples: Mapping[str, list[Sample]]

    def cpu(self, name: str) -> float:
        """Return the median over the rounds, in milliseconds."""
        return statistics.median(sample.cpu for sample in self.samples[name])

    def wall(self, name: str) -> float:
        return statistics.median(sample.wall for sample in self.samples[name])

    def ratio(self, name: str, to: str) -> float:
        """Return the median of the ratios of processor time within each round."""
        pairs = zip(self.samples[name], self.samples[to], strict=True)
        return statistics.median(one.cpu / other.cpu for one, other in pairs)


def measure(cases: Mapping[str, Case], rounds: int, *, warms_up: bool = True) -> Rounds:
    """Run every case `rounds` times, after one time that does not count."""
    for case in cases.values() if warms_up else ():
        case()
    samples: dict[str, list[Sample]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, case in cases.items():
            samples[name].append(case())
    return Rounds(samples)


def median_of(cases: list[Case]) -> Case:
    """Return a case that is the median of several, such as several pages of a kind."""

    def run() -> Sample:
        samples = [case() for case in cases]
        return Sample(
            statistics.median(sample.cpu for sample in samples), statistics.median(sample.wall for sample in samples)
        )

    return run

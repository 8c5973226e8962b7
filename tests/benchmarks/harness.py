"""Compare variants of one piece of work: paired, interleaved, by the median of ratios.

A machine's speed drifts while a benchmark runs. So a repetition runs every variant in small
chunks, in random order; a ratio is taken inside each repetition, and their median is the figure.
"""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median, quantiles

REPETITIONS = 25
CHUNKS = 3
CHUNK_SECONDS = 0.012
_WARM_UP_SECONDS = 0.2

Timed = tuple[float, float]


def _nothing() -> None:
    return None


@dataclass(frozen=True, slots=True)
class Work:
    """One variant; `prepare` runs before each chunk and is not timed."""

    run: Callable[[], object]
    prepare: Callable[[], object] = _nothing


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times faster: the median of the repetitions, and the middle half of them."""

    median: float
    low: float
    high: float


@dataclass(slots=True)
class Samples:
    """Seconds per call, one entry per repetition."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return median(self.wall)


def compare(
    variants: Mapping[str, Work], *, repetitions: int = REPETITIONS, calls: int | None = None
) -> dict[str, Samples]:
    """Time the variants against each other. The default of `calls` per chunk is measured."""
    calls = calls or _calls_a_chunk(variants)
    found = {name: Samples() for name in variants}
    for _ in range(repetitions):
        for name, (wall, cpu) in _repetition(variants, calls).items():
            found[name].wall.append(wall / (CHUNKS * calls))
            found[name].cpu.append(cpu / (CHUNKS * calls))
    return found


def speed(ours: list[float], theirs: list[float]) -> Ratio:
    """Return how many times faster `ours` is than `theirs`."""
    ratios = [their / our for our, their in zip(ours, theirs, strict=True)]
    low, _, high = quantiles(ratios, n=4)
    return Ratio(median(ratios), low, high)


def _repetition(variants: Mapping[str, Work], calls: int) -> dict[str, Timed]:
    order = list(variants) * CHUNKS
    random.shuffle(order)
    spent = dict.fromkeys(variants, (0.0, 0.0))
    for name in order:
        wall, cpu = _chunk(variants[name], calls)
        spent[name] = (spent[name][0] + wall, spent[name][1] + cpu)
    return spent


def _chunk(work: Work, calls: int) -> Timed:
    work.prepare()
    run = work.run
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(calls):
        run()
    return time.perf_counter() - wall, time.process_time() - cpu


def _calls_a_chunk(variants: Mapping[str, Work]) -> int:
    slowest = max(_warm_up(work) for work in variants.values())
    return max(1, round(CHUNK_SECONDS / slowest))


def _warm_up(work: Work) -> float:
    work.prepare()
    began, calls = time.perf_counter(), 0
    while (spent := time.perf_counter() - began) < _WARM_UP_SECONDS:
        work.run()
        calls += 1
    return spent / calls

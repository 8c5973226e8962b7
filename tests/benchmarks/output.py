"""Fifty items to bytes: our DTOs by orjson against DRF's serializers and renderer."""

from collections.abc import Iterator

from rest_framework.renderers import JSONRenderer
from rest_framework.serializers import BaseSerializer

from contexts.courses import queries
from contexts.shared.http.derived import serializer_of
from contexts.shared.http.renderers import OrjsonRenderer
from tests.benchmarks.data import Learner
from tests.benchmarks.harness import Work, compare
from tests.benchmarks.rest import against
from tests.benchmarks.stock import MemorySerializer, words_of
from tests.benchmarks.table import Row

ITEMS = 50
DueItemSerializer = serializer_of(queries.DueItem)


def measure(learners: list[Learner]) -> Iterator[Row]:
    rows = list(queries.review_queue(learners[0].id).order_by("due_at", "id")[:ITEMS])
    items = queries.due_items(rows)
    words = words_of(rows)

    def plain() -> bytes:
        return _stock(DueItemSerializer(items, many=True))

    def model() -> bytes:
        return _stock(MemorySerializer(rows, many=True, context={"words": words}))

    variants = {"ours": lambda: OrjsonRenderer().render(items), "plain": plain, "model": model}
    found = compare({name: Work(run) for name, run in variants.items()})
    yield against(f"output of {ITEMS} items / DRF Serializer", found, "plain", must=8)
    yield against(f"output of {ITEMS} items / DRF ModelSerializer", found, "model", must=8)


def _stock(serializer: BaseSerializer) -> bytes:
    return JSONRenderer().render(serializer.data)

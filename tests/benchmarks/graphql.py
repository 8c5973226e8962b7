"""GraphQL's list of twenty against the bare view of the same rows, and stock graphene-django."""

import orjson

from tests.benchmarks.data import Learner
from tests.benchmarks.harness import Work, compare
from tests.benchmarks.rest import against
from tests.benchmarks.table import Row
from tests.benchmarks.wire import full_stack, getting, no_middleware, posting

_FIELDS = "text translation state stability difficulty lastReviewAt dueAt"
_OURS = f"{{ reviews(first: 20) {{ nodes {{ enrollment item {_FIELDS} }} }} }}"
_STOCK = f"""
    query ($learner: UUID!) {{
        reviews(learner: $learner) {{ enrollmentId wordKey {_FIELDS} }}
    }}"""


def measure(learners: list[Learner]) -> list[Row]:
    ours = posting(full_stack(), "/graphql", learners, lambda _: {"query": _OURS})
    stock = posting(no_middleware(), "/stock/graphql", learners, _asked)
    bare = getting(no_middleware(), "/bare/{learner}/reviews", learners)
    _check_same(ours(), stock())
    found = compare({"ours": Work(ours), "bare": Work(bare), "stock": Work(stock)})
    return [
        against("GraphQL list of 20 / bare view", found, "bare", stretch=0.40),
        against("GraphQL list of 20 / stock graphene-django", found, "stock", must=1.8),
    ]


def _asked(learner: Learner) -> dict[str, object]:
    return {"query": _STOCK, "variables": {"learner": learner.id}}


def _check_same(ours: bytes, stock: bytes) -> None:
    mine = orjson.loads(ours)["data"]["reviews"]["nodes"]
    theirs = orjson.loads(stock)["data"]["reviews"]
    assert [row["text"] for row in mine] == [row["text"] for row in theirs], (ours, stock)

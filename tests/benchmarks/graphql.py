"""GraphQL's list of twenty and its one object against bare views and stock graphene-django."""

from collections.abc import Iterator

import orjson

from tests.benchmarks.data import Learner
from tests.benchmarks.harness import Work, compare
from tests.benchmarks.rest import against
from tests.benchmarks.table import Row
from tests.benchmarks.wire import full_stack, getting, no_middleware, posting

_FIELDS = "text translation state stability difficulty lastReviewAt dueAt"
_OURS = f"{{ reviews(first: 20) {{ nodes {{ enrollment item {_FIELDS} }} }} }}"
_ONE = """
    query ($id: UUID!) {
        enrollment(id: $id) {
            id course title language level version newestVersion enrolledAt lessons lessonsCompleted
        }
    }"""
_STOCK = f"""
    query ($learner: UUID!) {{
        reviews(learner: $learner) {{ enrollmentId wordKey {_FIELDS} }}
    }}"""


def measure(learners: list[Learner]) -> Iterator[Row]:
    ours = posting(full_stack(), "/graphql", learners, lambda _: {"query": _OURS})
    stock = posting(no_middleware(), "/stock/graphql", learners, _asked)
    bare = getting(no_middleware(), "/bare/{learner}/reviews", learners)
    _check_same(ours(), stock())
    found = compare({"ours": Work(ours), "bare": Work(bare), "stock": Work(stock)})
    yield against("GraphQL list of 20 / bare view", found, "bare", must=0.28, stretch=0.40)
    yield against("GraphQL list of 20 / stock graphene-django", found, "stock", must=1.8)
    yield _one(learners)


def _one(learners: list[Learner]) -> Row:
    ours = posting(full_stack(), "/graphql", learners, _asked_for_one)
    bare = getting(no_middleware(), "/bare/{learner}/{enrollment}", learners)
    mine, theirs = orjson.loads(ours())["data"]["enrollment"], orjson.loads(bare())
    assert mine["newestVersion"] == theirs["newest_version"], (mine, theirs)
    found = compare({"ours": Work(ours), "bare": Work(bare)})
    return against("GraphQL one object / bare view", found, "bare", must=0.45, stretch=0.60)


def _asked_for_one(learner: Learner) -> dict[str, object]:
    return {"query": _ONE, "variables": {"id": learner.enrollment}}


def _asked(learner: Learner) -> dict[str, object]:
    return {"query": _STOCK, "variables": {"learner": learner.id}}


def _check_same(ours: bytes, stock: bytes) -> None:
    mine = orjson.loads(ours)["data"]["reviews"]["nodes"]
    theirs = orjson.loads(stock)["data"]["reviews"]
    assert [row["text"] for row in mine] == [row["text"] for row in theirs], (ours, stock)

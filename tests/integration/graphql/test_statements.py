"""What each field of GraphQL asks of the databases, beside authentication: recorded, and equal."""

import tomllib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker
from rest_framework.test import APIClient

from contexts.billing.models import Checkout, Subscription
from contexts.community.models import PointsEntry
from contexts.courses.models import Enrollment
from contexts.identity import api as identity
from contexts.identity.models import User
from contexts.shared.database.placement.aliases import all_aliases
from contexts.shared.kernel import new_id, now
from tests.factories.courses import CourseFactory
from tests.factories.identity import access_token
from tests.integration.endpoints import World
from tests.integration.roles.arguments import ARGUMENTS
from tests.integration.roles.graphql import document, operations, outcome
from tests.integration.roles.stage import undone
from tests.integration.test_statement_budgets import CACHE, MOST, NOT_COUNTED, authenticates

BUDGETS = tomllib.loads(
    Path(__file__).with_name("statement_budgets.toml").read_text(encoding="utf-8")
)
QUERIES = [name for name in operations() if name.startswith("Query.")]
MUTATIONS = [name for name in operations() if name.startswith("Mutation.")]
FEW, MANY = 2, 40

# Who has many rows, where that is not the learner.
CALLERS: dict[str, Callable[[World], User]] = {
    **{f"Query.{name}": lambda world: world.community.native for name in ("feed", "points")},
    "Query.reputation": lambda world: world.community.native,
    **{
        f"Query.{name}": lambda world: world.tutoring.learner
        for name in ("bookedLessons", "bookedLesson", "tutors", "tutor")
    },
    **{
        f"Query.{name}": lambda world: world.tutoring.tutor
        for name in ("tutorApplication", "availability")
    },
}
ABOUT: dict[str, Callable[[World], Any]] = {
    "Query.checkout": lambda world: {"id": world.billing.premium.pk},
    "Query.submission": lambda world: {"id": world.community.answered.pk},
    "Query.tutor": lambda world: {"id": world.tutoring.tutor.pk},
    "Query.bookedLesson": lambda world: {"id": world.tutoring.ahead.pk},
    "Query.person": lambda world: {"id": world.somebody.pk},
    "Query.enrollment": lambda world: {"id": world.enrollment.pk},
    "Query.reviews": lambda world: {"enrollment": world.enrollment.pk},
}
# One row each, or as many as the catalog has: there is no list to grow.
SINGLE = {"Query.prices", "Query.lessonPolicies"}


def _fill(world: World) -> None:
    """Rows that the world of the REST operations has one of."""
    identity.request_erasure(user_id=world.learner.pk, now=now())
    CourseFactory.create_batch(world.size)
    # The course with lessons stands on the first page, however many there are.
    Enrollment.objects.filter(pk=world.enrollment.pk).update(enrolled_at=now())
    PointsEntry.objects.bulk_create(
        PointsEntry(
            member_id=world.community.native.pk,
            points=1,
            reason="thanked",
            cause_id=new_id(),
            quantity=1,
            language="en",
            created_at=now(),
        )
        for _ in range(world.size)
    )
    like = Subscription.objects.values().get()
    paid = Checkout.objects.filter(customer_id=world.learner.pk, subscription=None)
    Subscription.objects.bulk_create(
        Subscription(**like | {"id": new_id(), "checkout_id": one.pk, "provider_ref": str(one.pk)})
        for one in paid[: world.size]
    )


@pytest.fixture(scope="module", params=[FEW, MANY])
def _built(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[World]:
    with django_db_blocker.unblock(), undone():
        world = World(request.param)
        _fill(world)
        yield world


@pytest.fixture
def world(_built: World, db: None) -> World:
    """The small world or the large one; each test leaves it as it found it."""
    return _built


def watched(send: Callable[[], Any], *, known: bool) -> tuple[Any, list[str]]:
    with ExitStack() as open_:
        captured = [
            open_.enter_context(CaptureQueriesContext(connections[alias]))
            for alias in all_aliases()
        ]
        answer = send()
    asked = [query["sql"] for each in captured for query in each]
    counted = [sql for sql in asked if not sql.startswith(NOT_COUNTED) and CACHE not in sql]
    return answer, counted[1:] if known and authenticates(counted[0]) else counted


def _rows(data: Any) -> int:
    """How many elements there are in all lists of an answer."""
    if isinstance(data, dict):
        return sum(_rows(inner) for inner in data.values())
    return len(data) + sum(map(_rows, data)) if isinstance(data, list) else 0


class TestTheBudgets:
    def test_name_every_field_and_no_other(self) -> None:
        assert sorted(BUDGETS) == sorted([*QUERIES, *MUTATIONS])

    def test_stay_below_the_limit_or_say_why_not(self) -> None:
        over = {name for name, budget in BUDGETS.items() if budget["statements"] > MOST}

        assert over.isdisjoint(QUERIES)
        assert over == {name for name, budget in BUDGETS.items() if budget.get("why")}
        assert max(budget["statements"] for budget in BUDGETS.values()) <= 2 * MOST


@pytest.mark.parametrize("operation", QUERIES)
class TestAQuery:
    def test_asks_what_is_recorded_however_many_rows_there_are(
        self, operation: str, world: World
    ) -> None:
        client = APIClient()
        caller = CALLERS.get(operation, lambda world: world.learner)(world)
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {access_token(caller)}")
        given = ABOUT.get(operation, lambda _: ARGUMENTS.get(operation, {}))(world)
        asked = {
            "query": document(operation),
            "variables": {name: str(value) for name, value in given.items()},
        }

        answer, statements = watched(
            lambda: client.post("/graphql", asked, format="json"), known=True
        )

        body = answer.json()
        assert outcome(body) == "ok", body
        assert len(statements) == BUDGETS[operation]["statements"], "\n".join(statements)
        if world.size == MANY and "nodes" in asked["query"] and operation not in SINGLE:
            assert _rows(body["data"]) >= FEW * 5, body

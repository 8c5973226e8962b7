import base64
from collections.abc import Callable

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from contexts.courses.models import Course
from contexts.identity.models import User
from tests.factories.courses import (
    CourseFactory,
    EnrollmentFactory,
    MemoryFactory,
    published_course,
)
from tests.factories.identity import UserFactory
from tests.integration.graphql.asking import data, error

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], APIClient]
COURSES = """query ($first: Int, $after: String) { courses(first: $first, after: $after) {
  edges { cursor node { course } } pageInfo { hasNextPage endCursor } } }"""
CATALOGUE = "{ courses(first: 100) { nodes { course } } }"
ENROLLMENTS = """{ enrollments(first: 100) { nodes {
  course progress { lesson answered } nextLesson { lesson } lesson(lesson: "hello.l.greet") { unit }
} } }"""
REVIEWS = "{ reviews(first: 100) { nodes { item %s dueAt } } }"


def statements(client: APIClient, query: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        data(client, query)
    return len(captured)


def forged(value: object) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(value)).decode()


class TestPaging:
    def test_walks_through_every_row_once(self) -> None:
        keys = sorted(CourseFactory().key for _ in range(5))
        seen, after, pages = [], None, 0

        while True:
            page = data(APIClient(), COURSES, first=2, after=after)["courses"]
            seen += [edge["node"]["course"] for edge in page["edges"]]
            pages += 1
            after = page["pageInfo"]["endCursor"]
            assert page["edges"][-1]["cursor"] == after
            if not page["pageInfo"]["hasNextPage"]:
                break

        assert (seen, pages) == (keys, 3)

    def test_orders_by_more_than_one_field(self, client_for: ClientFor) -> None:
        user = UserFactory()
        enrollment = EnrollmentFactory(learner_id=user.pk)
        first = MemoryFactory(enrollment=enrollment)
        twin = MemoryFactory(enrollment=enrollment, due_at=first.due_at)
        query = "query ($after: String) { reviews(first: 1, after: $after) { %s } }"
        query %= "nodes { item } pageInfo { endCursor hasNextPage }"
        client = client_for(user)

        one = data(client, query)["reviews"]
        two = data(client, query, after=one["pageInfo"]["endCursor"])["reviews"]

        assert one["nodes"] + two["nodes"] == [{"item": first.word_key}, {"item": twin.word_key}]
        assert two["pageInfo"]["hasNextPage"] is False

    @pytest.mark.parametrize("first", [0, -1, 101, 2**31 - 1])
    def test_refuses_a_page_that_is_none(self, first: int) -> None:
        assert error(APIClient(), COURSES, first=first)["code"] == "invalid_page_size"

    @pytest.mark.parametrize(
        "cursor",
        [
            "",
            "no cursor",
            "é",
            "x" * 5_000,
            base64.b64encode(b"not JSON").decode(),
            forged([]),
            forged(["a", "b"]),
            forged({"key": "a"}),
            forged([None]),
            forged([{"a": 1}]),
            forged(["a\x00"]),
        ],
    )
    def test_refuses_a_cursor_that_is_not_ours(self, cursor: str) -> None:
        assert error(APIClient(), COURSES, after=cursor)["code"] == "invalid_cursor"

    @pytest.mark.parametrize(
        "position",
        [
            ["0001-01-01T00:00:00+14:00", 1],
            ["9999-12-31T23:59:59-14:00", 1],
            ["2020-13-01", 1],
            ["2020-01-01T00:00:00", "one"],
            [1, 1],
        ],
    )
    def test_refuses_a_forged_instant(self, position: list[object], client_for: ClientFor) -> None:
        query = "query ($after: String) { reviews(after: $after) { nodes { item } } }"

        refusal = error(client_for(UserFactory()), query, after=forged(position))

        assert refusal["code"] == "invalid_cursor"

    @pytest.mark.parametrize("number", [2**63 - 1, 2**63, -(2**63)])
    def test_bears_a_number_that_no_row_has(self, number: int, client_for: ClientFor) -> None:
        query = "query ($after: String) { reviews(after: $after) { nodes { item } } }"
        after = forged(["2020-01-01T00:00:00Z", number])

        found = data(client_for(UserFactory()), query, after=after)

        assert found == {"reviews": {"nodes": []}}


class TestTheNumberOfStatements:
    def test_of_the_catalogue_is_one(self) -> None:
        CourseFactory()
        one = statements(APIClient(), CATALOGUE)
        CourseFactory.create_batch(99)

        hundred = statements(APIClient(), CATALOGUE)

        assert (one, hundred) == (1, 1)

    def test_of_enrollments_does_not_grow_with_them(self, client_for: ClientFor) -> None:
        user = UserFactory()
        client = client_for(user)
        tiny = published_course()
        EnrollmentFactory(learner_id=user.pk, course=tiny)
        one = statements(client, ENROLLMENTS)
        for number in range(99):
            EnrollmentFactory(learner_id=user.pk, course=_copy(tiny, number), version=tiny.current)

        hundred = statements(client, ENROLLMENTS)

        # One for the caller, one for the page, three for progress, five for lessons.
        assert (one, hundred) == (10, 10)

    @pytest.mark.parametrize(("texts", "count"), [("text", 3), ("", 2)])
    def test_of_reviews_is_one_less_without_texts(
        self, texts: str, count: int, client_for: ClientFor
    ) -> None:
        user = UserFactory()
        client = client_for(user)
        enrollment = EnrollmentFactory(learner_id=user.pk)
        MemoryFactory(enrollment=enrollment)
        one = statements(client, REVIEWS % texts)
        MemoryFactory.create_batch(99, enrollment=enrollment)

        hundred = statements(client, REVIEWS % texts)

        assert (one, hundred) == (count, count)


def _copy(course: Course, number: int) -> Course:
    twin: Course = CourseFactory(key=f"twin-{number}")
    Course.objects.filter(pk=twin.pk).update(current=course.current)
    return twin

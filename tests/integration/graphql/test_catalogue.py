"""The catalogue of courses, which needs no account."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from tests.factories.courses import CourseFactory, published_course
from tests.integration.graphql.asking import data, error

pytestmark = pytest.mark.django_db


class TestTheCatalogue:
    def test_is_open_to_strangers(self) -> None:
        published_course()

        found = data(APIClient(), "{ courses { nodes { course level title lessons } } }")

        tiny = {
            "course": "tiny",
            "level": "A1",
            "title": {"en": "Tiny Spanish", "es": "Español diminuto"},
            "lessons": 4,
        }
        assert found == {"courses": {"nodes": [tiny]}}

    def test_is_filtered(self) -> None:
        CourseFactory(language="fr")
        spanish = CourseFactory(language="es")

        found = data(APIClient(), '{ courses(language: "es") { nodes { course } } }')

        assert found["courses"]["nodes"] == [{"course": spanish.key}]

    def test_refuses_a_level_that_there_is_not(self) -> None:
        query = "{ courses(level: Z9) { nodes { course } } }"

        headers = {"Accept": "application/problem+json"}
        refusal = APIClient().post("/graphql", {"query": query}, headers=headers)

        assert (refusal.status_code, refusal.json()["code"]) == (400, "graphql_invalid")

    def test_is_filtered_by_level(self) -> None:
        course = CourseFactory(level="A1")
        CourseFactory(level="B2")

        found = data(APIClient(), "{ courses(level: A1) { nodes { course level } } }")

        assert found["courses"]["nodes"] == [{"course": course.key, "level": "A1"}]

    def test_shows_a_course_with_its_units(self) -> None:
        published_course()

        query = '{ course(course: "tiny") { summary { words } authors units { unit } } }'

        found = data(APIClient(), query)["course"]

        assert found["summary"] == {"words": 4}
        assert found["authors"] == ["The test team"]
        assert [unit["unit"] for unit in found["units"]] == ["hello", "cafe"]

    def test_shows_the_units_of_a_listed_course_with_lessons_and_notes(self) -> None:
        published_course()
        query = """{ courses { nodes { units {
          unit title level canDo words notes lessons { lesson title exercises premium } } } } }"""

        ((hello, cafe),) = (node["units"] for node in data(APIClient(), query)["courses"]["nodes"])

        assert hello["lessons"] == [
            {
                "lesson": "hello.l.greet",
                "title": {"en": "Say hello"},
                "exercises": 3,
                "premium": False,
            }
        ]
        assert hello["notes"].startswith("# ")
        assert cafe["notes"] == ""
        assert (cafe["level"], cafe["words"]) == ("A1", 2)
        assert [lesson["premium"] for lesson in cafe["lessons"]] == [False, False, True]

    @pytest.mark.parametrize(("wanted", "expected"), [("unit", 2), ("unit notes", 3)])
    def test_asks_once_for_the_units_of_all_courses(self, wanted: str, expected: int) -> None:
        published_course()
        CourseFactory.create_batch(5)
        query = f"{{ courses {{ nodes {{ units {{ {wanted} }} }} }} }}"

        with CaptureQueriesContext(connection) as captured:
            data(APIClient(), query)

        assert len(captured) == expected

    def test_does_not_know_every_course(self) -> None:
        refusal = error(APIClient(), '{ course(course: "klingon") { authors } }')

        assert refusal == {
            "code": "course_not_found",
            "status": 404,
            "params": {"course": "klingon"},
        }

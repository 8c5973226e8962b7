"""Paging shows every row of a list once."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from contexts.identity.models import User
from tests.factories.courses import CourseFactory, EnrollmentFactory
from tests.factories.identity import UserFactory
from tests.integration.http.checks import assert_problem

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], APIClient]


class TestPaging:
    def test_walks_through_every_row_once(self) -> None:
        keys = sorted(CourseFactory().key for _ in range(5))
        seen, url, pages = [], "/api/v1/courses?page_size=2", 0

        while url:
            page = APIClient().get(url).json()
            seen += [course["course"] for course in page["results"]]
            url, pages = page["next"], pages + 1

        assert (seen, pages) == (keys, 3)

    def test_walks_through_rows_of_one_instant(self, client_for: ClientFor) -> None:
        user = UserFactory()
        first = EnrollmentFactory(learner_id=user.pk)
        EnrollmentFactory.create_batch(4, learner_id=user.pk, enrolled_at=first.enrolled_at)
        client, seen, url = client_for(user), [], "/api/v1/enrollments?page_size=2"

        while url:
            page = client.get(url).json()
            seen += [enrollment["id"] for enrollment in page["results"]]
            url = page["next"]

        assert len(seen) == len(set(seen)) == 5

    def test_goes_back(self) -> None:
        CourseFactory.create_batch(4)
        first = APIClient().get("/api/v1/courses?page_size=2").json()
        second = APIClient().get(first["next"]).json()

        assert APIClient().get(second["previous"]).json()["results"] == first["results"]

    def test_refuses_a_cursor_that_is_not_ours(self) -> None:
        response = APIClient().get("/api/v1/courses?cursor=nonsense")

        assert assert_problem(response, 400) == "invalid_cursor"

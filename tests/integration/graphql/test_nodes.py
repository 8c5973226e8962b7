"""Relay's conventions: nodes by their ids, and the place of a page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext
from graphql import GraphQLInterfaceType

from busuu.schema import schema
from tests.factories.courses import CourseFactory, EnrollmentFactory
from tests.factories.identity import UserFactory
from tests.integration.graphql.asking import data
from tests.operations.ids import UNKNOWN

ClientFor = Callable[[Any], Any]
NODE = "query ($id: ID!) { node(id: $id) { __typename id ... on Enrollment { level } } }"
PAGE = """query ($after: String) { courses(first: 1, after: $after) { nodes { course }
  edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""


@pytest.mark.django_db
class TestANode:
    def test_is_found_by_its_id(self, client_for: ClientFor) -> None:
        learner = UserFactory()
        enrollment = EnrollmentFactory(learner_id=learner.pk)

        found = data(client_for(learner), NODE, id=str(enrollment.pk))["node"]

        assert found == {"__typename": "Enrollment", "id": str(enrollment.pk), "level": "A1"}

    def test_may_be_a_person(self, client_for: ClientFor) -> None:
        somebody = UserFactory()

        found = data(client_for(UserFactory()), NODE, id=str(somebody.pk))["node"]

        assert found == {"__typename": "Person", "id": str(somebody.pk)}

    @pytest.mark.parametrize("other", ["not mine", str(UNKNOWN), "no id"])
    def test_is_null_for_strangers_and_of_nothing(self, other: str, client_for: ClientFor) -> None:
        enrollment = EnrollmentFactory()
        wanted = str(enrollment.pk) if other == "not mine" else other

        assert data(client_for(UserFactory()), NODE, id=wanted)["node"] is None

    def test_costs_a_statement_or_two_a_type(self, client_for: ClientFor) -> None:
        from django.db import connection

        client = client_for(UserFactory())

        with CaptureQueriesContext(connection) as captured:
            data(client, NODE, id=str(UNKNOWN))

        assert len(captured) <= 12

    def test_has_an_id_in_every_type(self) -> None:
        node = schema.graphql_schema.type_map["Node"]
        assert isinstance(node, GraphQLInterfaceType)

        types = schema.graphql_schema.get_possible_types(node)

        assert {str(type_.fields["id"].type) for type_ in types} == {"ID!"}
        assert {type_.name for type_ in types} >= {
            *("Enrollment", "Text", "BookedLesson", "Checkout", "Invoice", "PlanSubscription"),
            "Person",
        }


@pytest.mark.django_db
class TestAPage:
    def test_says_where_it_is(self, client_for: ClientFor) -> None:
        CourseFactory.create_batch(3)
        client, places, after = client_for(UserFactory()), [], None

        for _ in range(3):
            page = data(client, PAGE, after=after)["courses"]
            info, cursor = page["pageInfo"], page["edges"][0]["cursor"]
            assert info["startCursor"] == info["endCursor"] == cursor
            places.append((info["hasPreviousPage"], info["hasNextPage"]))
            after = cursor

        assert places == [(False, True), (True, True), (True, False)]


class TestTheSchema:
    def test_describes_every_type_and_field(self) -> None:
        types = {n: t for n, t in schema.graphql_schema.type_map.items() if n[:2] != "__"}

        bare = [name for name, type_ in types.items() if not type_.description]
        bare += [
            f"{name}.{field}"
            for name, type_ in types.items()
            for field, one in getattr(type_, "fields", {}).items()
            if not one.description
        ]

        assert bare == []

"""The endpoint refuses bad documents without a statement."""

import json
import time
from typing import Any

import pytest
from django.test import Client
from graphql import get_introspection_query

from contexts.shared.http.graphql.documents import Documents

LONG = "{ " + " ".join(f"a{n}: courses {{ nodes {{ course }} }}" for n in range(1_000)) + " }"
ATTACKS = {
    "1,000 aliases": LONG,
    "16 aliases": "{ " + " ".join(f"a{n}: me {{ id }}" for n in range(16)) + " }",
    "16 aliases in a fragment": "query { ...f } fragment f on Query { "
    + " ".join(f"a{n}: me {{ id }}" for n in range(16))
    + " }",
    "3,000 duplicate fields": "{ " + "me { id } " * 3_000 + "}",
    "300 duplicate fields": "{ me { " + "id " * 300 + "} }",
    "duplicates with selections": "{ " + "me { id } " * 17 + "}",
    "10,000 unknown directives": "{ me " + "@a " * 10_000 + "{ id } }",
    "400 unknown directives": "{ me " + "@a " * 400 + "{ id } }",
    "directives on the operation": "query " + "@a " * 400 + "{ me { id } }",
    "depth 500": "{ a" * 500 + " }" * 500,
    "depth 300": "{a" * 300 + "}" * 300,
    "depth 9": "{ a" * 9 + " }" * 9,
    "lists 490 deep": "{ course(course: " + "[" * 490 + "]" * 490 + ") { authors } }",
    "objects 300 deep": "{ course(course: " + "{a:" * 300 + "1" + "}" * 300 + ") { authors } }",
    "1,100 tokens": "{ me { id } } " + "#\n" * 10 + "query q(" + "$a: Int " * 300 + ") { a }",
    "a fragment in itself": "{ ...f } fragment f on Query { ...f }",
    "fragments in a ring": "{ ...f } fragment f on Query { ...g } fragment g on Query { ...f }",
    "a fragment bomb": "{ ...f0 } "
    + " ".join(f"fragment f{n} on Query {{ {f'...f{n + 1} ' * 3} }}" for n in range(20))
    + " fragment f20 on Query { me { id } }",
    "costly pages": "{ "
    + " ".join(f"a{n}: courses(first: 100) {{ edges {{ node {{ course }} }} }}" for n in range(6))
    + " }",
    "pages in pages": "{ enrollments(first: 100) { edges { node { edges { node { id } } } } } }",
    "a page of 2**63": f"{{ courses(first: {2**63}) {{ nodes {{ course }} }} }}",
    "21 mutations": "mutation { " + " ".join(f"m{n}: signOut" for n in range(21)) + " }",
    "NUL in a text": '{ course(course: "a\\u0000") { authors } }',
    "NUL in braces": '{ course(course: "a\\u{000}") { authors } }',
    "a lone surrogate": '{ course(course: "\\uD800") { authors } }',
    "nothing": "",
    "only a comment": "# nothing",
    "no end": "{ me { id }",
    "a fragment alone": "fragment f on Query { me { id } }",
    "two operations": "query a { me { id } } query b { me { id } }",
    "an unknown field": "{ mee { id } }",
    "an unknown argument": '{ course(coursee: "a") { authors } }',
    "a missing argument": "{ course { authors } }",
    "a number for a text": "{ course(course: 1) { authors } }",
    "no UUID": '{ enrollment(id: "1") { id } }',
    "no instant": '{ reviews(dueBefore: "yesterday") { nodes { item } } }',
    "a year too early": '{ reviews(dueBefore: "0001-01-01T00:00+14:00") { nodes { item } } }',
    "2**31": f"{{ courses(first: {2**31}) {{ nodes {{ course }} }} }}",
    "a subscription": "subscription { me { id } }",
    "a type definition": "type A { b: Int }",
}
MALFORMED: dict[str, Any] = {
    "a batch": [{"query": "{ me { id } }"}],
    "a text": "{ me { id } }",
    "null": None,
    "no query": {},
    "a null query": {"query": None},
    "a number for a query": {"query": 1},
    "variables in a list": {"query": "{ me { id } }", "variables": [1]},
    "variables in a text": {"query": "{ me { id } }", "variables": "{}"},
    "a number for a name": {"query": "{ me { id } }", "operationName": 1},
}


PROBLEMS = {"Accept": "application/problem+json"}


def post(client: Client, body: Any, content_type: str = "application/json") -> Any:
    raw = body if isinstance(body, bytes) else json.dumps(body)
    return client.post("/graphql", raw, content_type=content_type, headers=PROBLEMS)


def assert_problem(response: Any, status: int, code: str | None = None) -> None:
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == status
    if code:
        assert response.json()["code"] == code


def _seconds_of_cpu(client: Client, body: bytes) -> float:
    began = time.process_time()
    post(client, body)
    return time.process_time() - began


# Not marked django_db, so that a statement fails the test.
class TestRefusing:
    @pytest.mark.parametrize("attack", ATTACKS)
    def test_attacks_without_a_statement(self, attack: str, client: Client) -> None:
        response = post(client, {"query": ATTACKS[attack]})

        assert_problem(response, 400)
        assert response.json()["code"] in {"graphql_limit", "graphql_invalid"}

    @pytest.mark.parametrize("attack", ATTACKS)
    def test_attacks_for_little(self, attack: str, client: Client) -> None:
        body = json.dumps({"query": ATTACKS[attack]}).encode()

        assert min(_seconds_of_cpu(client, body) for _ in range(5)) < 0.030

    @pytest.mark.parametrize("body", MALFORMED)
    def test_requests_of_another_shape(self, body: str, client: Client) -> None:
        assert_problem(post(client, MALFORMED[body]), 400, "graphql_malformed")

    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            (b" ", "malformed_json"),
            (b"{", "malformed_json"),
            (b"[" * 100_000, "malformed_json"),
            (b'{"query": "\xff"}', "malformed_json"),
            (b'{"query": NaN}', "malformed_json"),
            (b'{"query": "{ me { id } }", "variables": {"a": "\\u0000"}}', "malformed_json"),
            (b'{"query": "{ me { id } }", "variables": {"a": "\\ud800"}}', "malformed_json"),
        ],
    )
    def test_what_is_no_json(self, raw: bytes, code: str, client: Client) -> None:
        assert_problem(post(client, raw), 400, code)

    def test_bodies_that_are_too_large(self, client: Client) -> None:
        assert_problem(post(client, {"query": "#" * 1_000_001}), 413, "body_too_large")

    @pytest.mark.parametrize("kind", ["text/plain", "application/graphql", "multipart/form-data"])
    def test_other_content_types(self, kind: str, client: Client) -> None:
        assert_problem(post(client, b"{}", content_type=kind), 415, "unsupported_media_type")

    @pytest.mark.parametrize("method", ["get", "put", "patch", "delete", "head", "options"])
    def test_other_methods(self, method: str, client: Client) -> None:
        response = getattr(client, method)("/graphql")

        assert response.status_code == 405
        assert response["Allow"] == "POST"

    @pytest.mark.parametrize("sent", [{"course": 1}, {"course": None}, {"course": ["a"]}, {}])
    def test_variables_of_another_type(self, sent: dict[str, Any], client: Client) -> None:
        query = "query ($course: String!) { course(course: $course) { authors } }"

        response = post(client, {"query": query, "variables": sent})

        assert_problem(response, 400, "graphql_invalid")

    def test_an_operation_that_is_not_there(self, client: Client) -> None:
        body = {"query": "query a { __typename }", "operationName": "b"}

        assert_problem(post(client, body), 400, "graphql_invalid")

    def test_tokens_that_do_not_hold(self, client: Client) -> None:
        response = client.post(
            "/graphql",
            {"query": "{ __typename }"},
            content_type="application/json",
            headers={"Authorization": "Bearer nonsense", **PROBLEMS},
        )

        assert_problem(response, 401, "invalid_token")
        assert response["WWW-Authenticate"] == "Bearer"

    def test_hints_at_what_it_knows(self, client: Client) -> None:
        refusal = post(client, {"query": "{ cours { nodes { course } } }"}).json()

        assert "Did you mean" not in json.dumps(refusal)

    def test_introspection_where_it_is_off(self, client: Client, settings: Any) -> None:
        settings.GRAPHQL_INTROSPECTION = False
        nested = "{ ... on Query { ...f } } fragment f on Query { s: __schema { description } }"

        for query in (get_introspection_query(), nested):
            response = post(client, {"query": query + " #"})
            assert_problem(response, 400, "graphql_introspection_off")


class TestRunning:
    def test_describes_itself_where_introspection_is_on(self, client: Client) -> None:
        response = post(client, {"query": get_introspection_query()})

        assert response.status_code == 200
        assert response.json()["data"]["__schema"]["queryType"]["name"] == "Query"

    def test_takes_one_of_several_operations(self, client: Client) -> None:
        query = "query a { __typename } query b { b: __typename }"

        response = post(client, {"query": query, "operationName": "b"})

        assert response.json() == {"data": {"b": "Query"}}


class TestKeepingDocuments:
    def test_parses_a_document_once(self) -> None:
        from busuu.schema import schema

        documents = Documents(schema.graphql_schema)

        assert documents.get("{ __typename }") is documents.get("{ __typename }")

    def test_forgets_what_was_used_longest_ago(self) -> None:
        from busuu.schema import schema

        documents = Documents(schema.graphql_schema, most_characters=60)
        first = documents.get("{ a: __typename }")
        second = documents.get("{ b: __typename }")
        documents.get("{ a: __typename }")
        documents.get("{ c: __typename }")
        documents.get("{ d: __typename }")

        assert documents.get("{ b: __typename }") is not second
        assert documents.get("{ a: __typename }") is not first

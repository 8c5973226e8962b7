"""Each client gets answers and errors in the media type that it accepts."""

import json
from typing import Any

import pytest
from django.test import Client

RESPONSE = "application/graphql-response+json"
APOLLO = f"{RESPONSE},application/json;q=0.9"
BROKEN, UNKNOWN = "{", "{ nothing }"


def _ask(client: Client, accept: str | None, query: str = "{ __typename }", **more: Any) -> Any:
    body = json.dumps({"query": query, **more})
    headers = {} if accept is None else {"Accept": accept}
    return client.post("/graphql", body, "application/json", headers=headers)


class TestAnAnswer:
    @pytest.mark.parametrize(
        ("accept", "kind"),
        [
            (None, "application/json"),
            ("*/*", "application/json"),
            ("application/json", "application/json"),
            (RESPONSE, RESPONSE),
            (APOLLO, RESPONSE),
            (f"{RESPONSE};q=0.1, application/json", "application/json"),
            ("text/html", "application/json"),
            (f"{RESPONSE};q=x", "application/json"),
        ],
    )
    def test_is_of_the_type_that_is_preferred(
        self, accept: str | None, kind: str, client: Client
    ) -> None:
        response = _ask(client, accept)

        assert response["Content-Type"] == f"{kind}; charset=utf-8"
        assert response.json() == {"data": {"__typename": "Query"}}


class TestAnError:
    @pytest.mark.parametrize("query", [BROKEN, UNKNOWN, "query ($a: Int!) { __typename }"])
    @pytest.mark.parametrize(("accept", "status"), [(APOLLO, 400), ("application/json", 200)])
    def test_of_a_document_is_in_graphqls_shape(
        self, accept: str, status: int, query: str, client: Client
    ) -> None:
        response = _ask(client, accept, query)

        assert response.status_code == status
        assert set(response.json()) == {"errors"}
        assert response.json()["errors"][0]["message"]
        assert response.json()["errors"][0]["extensions"]["code"] == "graphql_invalid"

    @pytest.mark.parametrize("accept", [APOLLO, "application/json", "*/*"])
    def test_of_a_request_has_its_own_status(self, accept: str, client: Client) -> None:
        response = _ask(client, accept, variables=[])

        assert response.status_code == 400
        assert response.json()["errors"][0]["extensions"]["code"] == "graphql_malformed"

    def test_is_a_problem_for_clients_that_ask_for_one(self, client: Client) -> None:
        response = _ask(client, "application/problem+json", BROKEN)

        assert response.status_code == 400
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["code"] == "graphql_invalid"

    def test_of_a_token_challenges(self, client: Client) -> None:
        headers = {"Authorization": "Bearer nonsense", "Accept": APOLLO}

        response = client.post(
            "/graphql", {"query": "{ __typename }"}, "application/json", headers=headers
        )

        assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")
        assert response.json()["errors"][0]["extensions"]["code"] == "invalid_token"

    def test_of_an_unknown_hash_is_the_one_that_apollo_knows(self, client: Client) -> None:
        extensions = {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}
        body = json.dumps({"extensions": extensions})

        response = client.post("/graphql", body, "application/json", headers={"Accept": APOLLO})

        assert response.json()["errors"][0]["message"] == "PersistedQueryNotFound"


class TestThePage:
    def test_is_graphiql_with_files_of_this_server(self, client: Client) -> None:
        response = client.get("/graphql", headers={"Accept": "text/html"})

        page = response.content.decode()
        assert response.status_code == 200
        assert "graphiql.min.js" in page
        assert "//" not in page.replace("<!DOCTYPE", "")

    def test_is_for_browsers_alone(self, client: Client) -> None:
        assert client.get("/graphql").status_code == 405

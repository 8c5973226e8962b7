"""Persisted documents, and the allow-list."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, override_settings

from contexts.shared.http.graphql import persisted
from tests.factories.identity import UserFactory, access_token

pytestmark = pytest.mark.django_db

DOCUMENT = "{ courses { nodes { course } } }"
HASH = hashlib.sha256(DOCUMENT.encode()).hexdigest()
OTHER = "{ __typename }"


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    cache.delete(f"graphql:{HASH}")


def _send(client: Client, **body: Any) -> Any:
    headers = {"Accept": "application/problem+json"}
    return client.post("/graphql", json.dumps(body), "application/json", headers=headers)


@pytest.fixture
def client_of_another() -> Client:
    return Client()


@pytest.fixture
def known(client: Client) -> Client:
    """Return a client that is signed in."""
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {access_token(UserFactory())}"
    return client


def _hash(document: str) -> str:
    return hashlib.sha256(document.encode()).hexdigest()


def _named(hash_: Any = HASH, version: Any = 1) -> dict[str, Any]:
    return {"persistedQuery": {"version": version, "sha256Hash": hash_}}


class TestAHash:
    def test_is_enough_once_the_document_was_sent_with_it(
        self, known: Client, client_of_another: Client
    ) -> None:
        unknown = _send(known, extensions=_named())
        first = _send(known, query=DOCUMENT, extensions=_named())

        again = _send(client_of_another, extensions=_named())

        assert (unknown.status_code, unknown.json()["code"]) == (400, "persisted_query_not_found")
        assert first.json() == again.json() == {"data": {"courses": {"nodes": []}}}

    def test_of_what_a_stranger_sends_is_not_remembered(self, client: Client) -> None:
        first = _send(client, query=DOCUMENT, extensions=_named())

        again = _send(client, extensions=_named())

        assert first.status_code == 200
        assert again.json()["code"] == "persisted_query_not_found"

    @pytest.mark.parametrize(
        "document",
        [
            '{ course(course: "my own words") { __typename } }',
            'query($a: String = "my own words") { courses(language: $a) { nodes { course } } }',
            "mutation { signOut }",
        ],
    )
    def test_of_words_or_of_a_change_is_not_remembered(self, known: Client, document: str) -> None:
        named = _named(_hash(document))

        first = _send(known, query=document, extensions=named)

        assert first.status_code == 200
        assert cache.get(f"graphql:{_hash(document)}") is None

    def test_is_remembered_for_each_within_a_share(
        self, known: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(persisted.Share, "rate", "2/day")
        documents = [f"{{ a{n}: __typename }}" for n in range(3)]

        for document in documents:
            _send(known, query=document, extensions=_named(_hash(document)))

        kept = [cache.get(f"graphql:{_hash(document)}") is not None for document in documents]
        assert kept == [True, True, False]

    @override_settings(CACHES={"default": {"BACKEND": "tests.dead_cache.DeadCache"}})
    def test_is_unknown_while_the_cache_is_down(self, known: Client) -> None:
        first = _send(known, query=DOCUMENT, extensions=_named())

        again = _send(known, extensions=_named())

        assert first.status_code == 200
        assert (again.status_code, again.json()["code"]) == (400, "persisted_query_not_found")

    def test_must_be_the_documents(self, client: Client) -> None:
        refused = _send(client, query=OTHER, extensions=_named())

        assert (refused.status_code, refused.json()["code"]) == (
            400,
            "persisted_query_hash_differs",
        )
        assert _send(client, extensions=_named()).status_code == 400

    def test_of_a_document_that_cannot_run_is_not_remembered(self, client: Client) -> None:
        broken = "{ nothingLikeThis }"
        named = _named(hashlib.sha256(broken.encode()).hexdigest())

        refused = _send(client, query=broken, extensions=named)

        assert refused.status_code == 400
        assert _send(client, extensions=named).json()["code"] == "persisted_query_not_found"

    @pytest.mark.parametrize(
        "extensions",
        [
            _named("x"),
            _named(HASH.upper()),
            _named(None),
            _named(version=2),
            {"persistedQuery": 1},
            {"persistedQuery": []},
        ],
        ids=str,
    )
    def test_must_look_like_one(self, client: Client, extensions: Any) -> None:
        refused = _send(client, extensions=extensions)

        assert (refused.status_code, refused.json()["code"]) == (400, "malformed_persisted_query")


class TestAnAllowList:
    @pytest.fixture
    def agreed(self, settings: Any, tmp_path: Path) -> None:
        file = tmp_path / "documents.json"
        file.write_text(json.dumps([DOCUMENT]))
        settings.GRAPHQL_KNOWN, settings.GRAPHQL_ONLY_KNOWN = str(file), True
        persisted._agreed.cache_clear()

    @pytest.mark.usefixtures("agreed")
    def test_lets_its_documents_run_by_hash_or_in_full(self, client: Client) -> None:
        by_hash = _send(client, extensions=_named())
        in_full = _send(client, query=DOCUMENT)

        assert (by_hash.status_code, in_full.status_code) == (200, 200)

    @pytest.mark.usefixtures("agreed")
    def test_lets_nothing_else_run(self, client: Client) -> None:
        other = _send(client, query=OTHER)
        unknown = _send(client, extensions=_named("0" * 64))

        assert (other.status_code, other.json()["code"]) == (403, "document_not_allowed")
        assert (unknown.status_code, unknown.json()["code"]) == (403, "document_not_allowed")

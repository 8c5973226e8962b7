"""Community over GraphQL: the whole story, and a number of statements that does not grow."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from contexts.community.models import Submission
from tests.factories.community import NativeFactory, corrected, opened_text
from tests.factories.identity import UserFactory
from tests.integration.graphql.asking import data, error

User = get_user_model()

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], APIClient]

TEXT = """
  id text correctionsCount leasedUntil sentences { text }
  draft { state source edits { old new } }
  corrections {
    id comment corrector { name }
    sentences { index perfect text edits { id old new category state replies { text } } }
  }
"""


@pytest.fixture
def native(client_for: ClientFor) -> APIClient:
    user = UserFactory()
    NativeFactory(id=user.pk, display_name="Nat")
    return client_for(user)


@pytest.fixture
def writer(client_for: ClientFor) -> APIClient:
    return client_for(UserFactory())


class TestTheStory:
    def test_can_be_told_in_graphql(
        self, writer: APIClient, native: APIClient, deliver: Callable[[], int]
    ) -> None:
        submit = 'mutation ($t: String!) { submitText(text: $t, language: "en") { id } }'
        text = data(writer, submit, t="I has a dog. I love him.")["submitText"]["id"]
        deliver()
        taken = data(native, f"mutation {{ takeNextText {{ {TEXT} }} }}")["takeNextText"]
        correct = """mutation ($s: UUID!, $a: [AnswerInput!]!) {
            correctText(submission: $s, sentences: $a, comment: "Nice!") { correctionsCount } }"""
        answers = [
            {"index": 0, "edits": [{"start": 2, "end": 5, "old": "has", "new": "have"}]},
            {"index": 1, "perfect": True},
        ]
        data(native, correct, s=text, a=answers)
        deliver()
        shown = data(writer, f"query ($i: UUID!) {{ submission(id: $i) {{ {TEXT} }} }}", i=text)
        [given] = shown["submission"]["corrections"]
        edit = given["sentences"][0]["edits"][0]
        data(writer, "mutation ($e: UUID!) { acceptEdit(edit: $e) }", e=edit["id"])
        data(writer, "mutation ($c: UUID!) { thankForCorrection(correction: $c) }", c=given["id"])
        deliver()

        assert taken["id"] == text
        assert taken["leasedUntil"] is not None
        assert taken["draft"] == {"state": "ready", "source": "machine", "edits": []}
        assert given["comment"] == "Nice!"
        assert given["corrector"] == {"name": "Nat"}
        assert [one["text"] for one in given["sentences"]] == ["I have a dog.", "I love him."]
        assert (edit["old"], edit["new"], edit["category"]) == ("has", "have", "spelling")
        told = data(writer, "{ notifications { nodes { kind actor { name } } } }")
        assert told["notifications"]["nodes"] == [
            {"kind": "submission_corrected", "actor": {"name": "Nat"}}
        ]
        earned = data(native, "{ points { nodes { points reason } } reputation { points } }")
        assert {(one["reason"], one["points"]) for one in earned["points"]["nodes"]} == {
            ("sentences_corrected", 2),
            ("sentences_confirmed", 1),
            ("edit_accepted", 5),
            ("thanked", 3),
        }
        assert earned["reputation"]["points"] == 11
        assert data(native, "{ unreadNotifications }") == {"unreadNotifications": 2}
        assert data(native, "mutation { readNotifications }") == {"readNotifications": 0}


class TestAnswers:
    @pytest.mark.parametrize(
        "query",
        [
            "{ feed { nodes { id } } }",
            "{ submissions { nodes { id } } }",
            "{ points { nodes { id } } }",
            "{ reputation { points } }",
            "{ notifications { nodes { id } } }",
            "mutation { takeNextText { id } }",
        ],
    )
    def test_are_for_members(self, query: str) -> None:
        assert error(APIClient(), query) == {"code": "not_authenticated", "status": 401}

    def test_hide_what_is_somebody_elses(self, writer: APIClient) -> None:
        text = opened_text()

        told = error(writer, "query ($i: UUID!) { submission(id: $i) { id } }", i=str(text.pk))

        assert told["code"] == "submission_not_found"

    def test_say_what_is_refused(self, native: APIClient) -> None:
        text = opened_text()
        correct = """mutation ($s: UUID!) {
            correctText(submission: $s, sentences: [{index: 0, perfect: true}]) { id } }"""

        assert error(native, correct, s=str(text.pk))["code"] == "not_taken"
        assert Submission.objects.get().corrections_count == 0


class TestStatements:
    def test_are_as_many_for_ten_texts_as_for_one(self, client_for: ClientFor) -> None:
        user = UserFactory()
        client, query = client_for(user), f"{{ submissions {{ nodes {{ {TEXT} }} }} }}"

        counts = [_count(client, query, user, texts) for texts in (1, 10)]

        assert counts[0] == counts[1] <= 12


def _count(client: APIClient, query: str, user: User, texts: int) -> int:
    for _ in range(texts):
        corrected(opened_text(user.pk))
    with CaptureQueriesContext(connection) as captured:
        found: dict[str, Any] = data(client, query)
    assert len(found["submissions"]["nodes"]) >= texts
    return len(captured)

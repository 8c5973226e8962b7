"""Documents generated from the GraphQL schema never cause an error of ours."""

import json
import os
from typing import Any

import pytest
from django.test import Client
from graphql import StringValueNode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import mutations, queries

from busuu.schema import schema
from tests.operations.ids import ENROLLMENT, FOREIGN
from tests.operations.world import World

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "10")) * 5
IDS = st.sampled_from((ENROLLMENT, FOREIGN)) | st.uuids()


def text_node(value: object) -> StringValueNode:
    return StringValueNode(value=str(value))


SCALARS = {
    "JSON": st.text(max_size=20).map(text_node),
    "UUID": IDS.map(text_node),
    "Date": st.dates().map(text_node),
    "Instant": st.datetimes(timezones=st.timezones()).map(lambda at: text_node(at.isoformat())),
}
KINDS = {"queries": queries, "mutations": mutations}


class TestADocument:
    @pytest.mark.parametrize("kind", KINDS)
    def test_is_answered_or_refused(self, kind: str, world: World) -> None:
        client = Client(raise_request_exception=False)
        headers = world.headers_of("learner")

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(document=KINDS[kind](str(schema), custom_scalars=SCALARS))
        def ask(document: str) -> None:
            response: Any = client.post(
                "/graphql",
                json.dumps({"query": document}),
                content_type="application/json",
                headers=headers,
            )
            assert response.status_code in {200, 400, 401}, document
            codes = {e["extensions"]["code"] for e in response.json().get("errors", ())}
            assert "server_error" not in codes, document

        ask()

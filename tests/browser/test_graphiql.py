"""GraphiQL runs a query with files of this server alone."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.django_db(transaction=True)


class TestGraphiQL:
    def test_runs_a_query(self, live_server: Any, page: Page) -> None:
        addresses: list[str] = []
        page.on("request", lambda request: addresses.append(request.url))

        page.goto(f"{live_server}/graphql")
        page.locator(".graphiql-execute-button").click()

        expect(page.locator(".result-window")).to_contain_text('"courses"')
        assert [one for one in addresses if not one.startswith(str(live_server))] == []

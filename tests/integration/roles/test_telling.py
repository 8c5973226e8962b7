import pytest

from tests.integration.http.samples.billing import INVOICE
from tests.integration.http.samples.community import WAITING
from tests.integration.roles import rest
from tests.integration.roles.stage import ROLES, Stage
from tests.integration.roles.telling import leaks

pytestmark = pytest.mark.django_db


class TestALeak:
    def test_is_seen_where_anybody_but_the_owner_is_told(self, stage: Stage) -> None:
        invoices = rest.ask(stage, rest.SAMPLES["GET invoices"], "learner").content.decode()

        seen = {role for role in ROLES if leaks(stage, "GET invoices", role, invoices)}

        assert seen == set(ROLES) - {"learner"}
        assert leaks(stage, "GET invoices", "finance", invoices) == {str(INVOICE)}

    def test_is_seen_where_the_blocked_are_told_what_others_may_know(self, stage: Stage) -> None:
        text = rest.ask(stage, rest.SAMPLES["GET submission"], "other").content.decode()

        assert leaks(stage, "GET submission", "other", text) == set()
        assert str(WAITING) in leaks(stage, "GET submission", "blocked", text)

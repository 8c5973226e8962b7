"""That a secret told and a row moved are seen, if ever an operation should do that."""

import pytest

from contexts.courses.models import Memory
from tests.integration.http.samples.billing import INVOICE
from tests.integration.http.samples.community import WAITING
from tests.integration.http.world import ENROLLMENT
from tests.integration.roles import rest
from tests.integration.roles.stage import ROLES, Stage
from tests.integration.roles.telling import leaks

pytestmark = pytest.mark.django_db


class TestALeak:
    def test_is_seen_where_anybody_but_the_owner_is_told(self, stage: Stage) -> None:
        invoices = rest.ask(stage, "GET invoices", "learner").content.decode()

        seen = {role for role in ROLES if leaks(stage, "GET invoices", role, invoices)}

        assert seen == set(ROLES) - {"learner"}
        assert leaks(stage, "GET invoices", "finance", invoices) == {str(INVOICE)}

    def test_is_seen_where_the_blocked_are_told_what_others_may_know(self, stage: Stage) -> None:
        text = rest.ask(stage, "GET submission", "other").content.decode()

        assert leaks(stage, "GET submission", "other", text) == set()
        assert str(WAITING) in leaks(stage, "GET submission", "blocked", text)


class TestAMove:
    def test_is_seen_where_a_row_of_another_is_changed_or_gone(self, stage: Stage) -> None:
        mine = Memory.objects.filter(enrollment=ENROLLMENT)

        _, changed = stage.watch("support", lambda: mine.update(stability=9.0))
        _, gone = stage.watch("anonymous", mine.delete)

        assert changed == gone == {"courses.Memory"}
        assert mine.exists()

    def test_is_none_where_a_row_is_the_callers_own(self, stage: Stage) -> None:
        person = stage.people["other"]

        _, moved = stage.watch(
            "other", lambda: type(person).objects.filter(pk=person.pk).update(country="FR")
        )

        assert moved == set()

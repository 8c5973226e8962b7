"""Leaks and changes are seen when they happen."""

import pytest

from contexts.courses.models import Memory
from tests.integration.roles.telling import leaks
from tests.integration.roles.watching import Watch
from tests.operations.billing import list_invoices
from tests.operations.community import get_submission
from tests.operations.ids import ANSWERED, ENROLLMENT, INVOICE
from tests.operations.roles import ROLES

pytestmark = pytest.mark.django_db


class TestALeak:
    def test_is_seen_where_anybody_but_the_owner_is_told(self, watch: Watch) -> None:
        world = watch.world
        invoices = world.ask(list_invoices).content.decode()

        seen = {role for role in ROLES if leaks(world, role, invoices)}

        assert seen == set(ROLES) - {"learner"}
        assert leaks(world, "finance", invoices) == {str(INVOICE)}

    def test_is_seen_where_the_blocked_are_told_what_others_may_know(self, watch: Watch) -> None:
        text = watch.world.ask(get_submission, "other").content.decode()

        assert leaks(watch.world, "other", text) == set()
        assert str(ANSWERED) in leaks(watch.world, "blocked", text)


class TestAMove:
    def test_is_seen_where_a_row_of_another_is_changed_or_gone(self, watch: Watch) -> None:
        mine = Memory.objects.filter(enrollment=ENROLLMENT)

        _, changed = watch.one("support", lambda: mine.update(stability=9.0))
        _, gone = watch.one("anonymous", mine.delete)

        assert changed == gone == {"courses.Memory"}
        assert mine.exists()

    def test_is_none_where_a_row_is_the_callers_own(self, watch: Watch) -> None:
        person = watch.world.people["other"]

        _, moved = watch.one(
            "other", lambda: type(person).objects.filter(pk=person.pk).update(country="FR")
        )

        assert moved == set()

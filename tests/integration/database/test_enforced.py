"""A database that has lost a constraint is refused."""

import pytest
from django.core.checks import Error
from django.db import connections
from django.db.models import UniqueConstraint

from contexts.community.models import Notification
from contexts.shared.database import enforced
from contexts.shared.database.aliases import alias_of, all_aliases

ALIAS = alias_of("community")
pytestmark = pytest.mark.django_db(transaction=True)


def _constraint(name: str) -> UniqueConstraint:
    [found] = [one for one in Notification._meta.constraints if one.name == name]
    assert isinstance(found, UniqueConstraint)
    return found


class TestADatabase:
    def test_as_its_migrations_made_it_passes(self) -> None:
        assert enforced.constraints_are_enforced(databases=all_aliases()) == []

    def test_that_lost_a_constraint_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        lost = _constraint("community_notified_once")
        # SQLite makes the table anew, as the model has it then.
        rest = [one for one in Notification._meta.constraints if one is not lost]
        with monkeypatch.context() as patch, connections[ALIAS].schema_editor() as editor:
            patch.setattr(Notification._meta, "constraints", rest)
            editor.remove_constraint(Notification, lost)
        try:
            found = enforced.constraints_are_enforced(databases=[ALIAS])
        finally:
            with connections[ALIAS].schema_editor() as editor:
                editor.add_constraint(Notification, lost)

        assert [(type(one), one.id) for one in found] == [(Error, "busuu.E009")]
        assert "community_notification" in found[0].msg
        assert "cause, recipient_id" in found[0].msg

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session as BrowserSession

from contexts.community.models import Member
from contexts.courses.models import Enrollment
from contexts.identity.models import User
from contexts.shared.database.placement.aliases import alias_of, all_aliases
from contexts.shared.database.placement.router import ContextRouter
from contexts.shared.messaging.models import Delivery

ROUTER = ContextRouter()


@pytest.fixture(autouse=True)
def _three_databases(settings: Any) -> None:
    settings.CONTEXT_DATABASES = {
        "identity": "people",
        "courses": "default",
        "community": "forum",
        "tutoring": "default",
        "billing": "default",
    }


class TestAContext:
    @pytest.mark.parametrize(
        ("model", "alias"),
        [
            (User, "people"),
            (Enrollment, "default"),
            (Member, "forum"),
            (Group, "people"),
            (BrowserSession, "people"),
        ],
    )
    def test_has_its_tables_on_its_own_database(self, model: Any, alias: str) -> None:
        label = model._meta.app_label

        assert ROUTER.db_for_read(model) == ROUTER.db_for_write(model) == alias
        homes = [one for one in all_aliases() if ROUTER.allow_migrate(one, label)]
        assert homes == [alias]

    def test_has_an_outbox_and_an_inbox_wherever_it_lives(self) -> None:
        assert all_aliases() == ["people", "default", "forum"]
        for alias in all_aliases():
            assert ROUTER.allow_migrate(alias, "messaging")
            assert ROUTER.allow_migrate(alias, "database")

    def test_does_not_choose_the_pipelines_database_for_the_code(self) -> None:
        assert ROUTER.db_for_read(Delivery) is None

    def test_may_not_be_related_to_another(self) -> None:
        assert not ROUTER.allow_relation(Member(), User())
        assert ROUTER.allow_relation(Group(), User())

    def test_that_nobody_knows_lives_with_identity(self) -> None:
        assert alias_of("django_cache") == "people"

"""Posting a mail: with the command or not at all, and once for each cause."""

from datetime import timedelta
from typing import Any

import pytest

from contexts.identity.models import User
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import new_id, now
from contexts.shared.mailing.models import Mail
from contexts.shared.mailing.posting import post
from tests.factories.identity import UserFactory

pytestmark = pytest.mark.django_db


def _post(person: User, key: str = "1", **more: Any) -> None:
    post(
        "password_reset",
        **{"context": "identity", "person_id": person.pk, "key": key, "now": now(), **more},
    )


def _posted() -> int:
    return Mail.objects.using(alias_of("identity")).count()


class TestPosting:
    def test_the_same_cause_again_posts_nothing(self) -> None:
        ana = UserFactory()

        _post(ana)
        _post(ana)
        _post(ana, "2")

        assert _posted() == 2

    def test_is_undone_with_its_command(self) -> None:
        ana = UserFactory()

        def failing() -> None:
            _post(ana)
            raise RuntimeError

        with pytest.raises(RuntimeError):
            for_context("identity")(failing)()

        assert _posted() == 0

    def test_waits_for_the_cooldown_unless_the_variant_is_new(self) -> None:
        ana, cooldown = UserFactory(), timedelta(minutes=2)

        _post(ana, "1", variant="a", cooldown=cooldown)
        _post(ana, "2", variant="a", cooldown=cooldown)
        _post(ana, "3", variant="b", cooldown=cooldown)
        _post(ana, "4", variant="a", cooldown=cooldown, now=now() + cooldown)

        rows = Mail.objects.using(alias_of("identity")).order_by("posted_at")
        assert [row.variant for row in rows] == ["a", "b", "a"]

    def test_fills_nobodys_mailbox(self) -> None:
        ana = UserFactory()

        for number in range(30):
            _post(ana, str(number), variant=str(number))

        assert _posted() == 20

    def test_keeps_no_secret_in_the_table(self) -> None:
        ana = UserFactory()

        _post(ana)

        [row] = Mail.objects.using(alias_of("identity")).values()
        assert (row["facts"], row["address"]) == ({}, "")
        assert ana.email not in str(row)

    def test_takes_a_person_who_is_unknown(self) -> None:
        _post(User(pk=new_id()))

        assert _posted() == 1

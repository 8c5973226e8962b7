"""Codes that are guessed, used at the same moment, or reset with a password."""

from datetime import timedelta

import pytest
import time_machine

from contexts.identity import api, queries
from contexts.identity.models import User
from contexts.shared.http.throttling import Limit
from contexts.shared.kernel import now
from tests.factories.identity import PASSWORD, reset_token
from tests.integration.identity.authenticator import (
    Phone,
    browser,
    wrong,
)
from tests.integration.identity.second_factors import give_code, opens
from tests.parallel import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


class TestGuessing:
    @pytest.fixture(autouse=True)
    def _limits_as_shipped(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(Limit.THROTTLE_RATES, "code_guesses", "20/hour")
        monkeypatch.setitem(Limit.THROTTLE_RATES, "known_device", "10/min")

    def test_ends_as_with_passwords(self) -> None:
        phone = Phone()
        client = browser(phone.user)

        guesses = [give_code(client, wrong(phone.code())).status_code for _ in range(12)]
        right = give_code(client, phone.code())

        assert guesses == [422] * 10 + [429] * 2
        assert right.status_code == 429
        assert int(right["Retry-After"]) > 0
        assert not opens(client)

    def test_from_many_devices_ends_as_well(self) -> None:
        phone = Phone()

        guesses = [
            give_code(browser(phone.user), wrong(phone.code())).status_code for _ in range(24)
        ]

        assert guesses == [422] * 20 + [429] * 4

    def test_does_not_count_right_codes(self, noon: time_machine.Traveller) -> None:
        phone = Phone()
        for _ in range(25):
            noon.shift(timedelta(seconds=30))
            assert give_code(browser(phone.user), phone.code()).status_code == 302


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    @pytest.mark.parametrize("kind", ["of the app", "for recovery"])
    def test_a_code_works_once(self, kind: str) -> None:
        phone = Phone()
        code = phone.code() if kind == "of the app" else phone.recovery_codes[7]
        clients = [browser(phone.user) for _ in range(4)]

        answers = at_once(lambda n: give_code(clients[n], code), times=4)

        assert sorted(page.status_code for page in answers) == [302, 422, 422, 422]  # type: ignore[union-attr]
        assert sum(opens(client) for client in clients) == 1

    def test_different_recovery_codes_all_count(self) -> None:
        phone = Phone()
        clients = [browser(phone.user) for _ in range(4)]

        at_once(lambda n: give_code(clients[n], phone.recovery_codes[n]), times=4)

        factor = queries.second_factor(phone.user.pk)
        assert factor is not None
        assert factor.recovery_codes_left == 6
        assert all(opens(client) for client in clients)


class TestAPasswordReset:
    def test_does_not_take_the_second_factor(self) -> None:
        phone = Phone()
        token = reset_token(User.objects.get(pk=phone.user.pk))

        api.reset_password(token=token, password=PASSWORD, now=now())

        client = browser(phone.user, password=PASSWORD)
        assert not opens(client)
        give_code(client, phone.code())
        assert opens(client)

"""Metrics count the results of deliveries."""

from typing import Any

import pytest
from prometheus_client import REGISTRY

from contexts.shared.messaging.models import Delivery
from tests.integration.messaging.conftest import Subscribe
from tests.integration.messaging.happenings import (
    ORIGIN,
    RoleChanged,
    hand_over,
    happened,
    note,
    say,
    sealed,
)

pytestmark = pytest.mark.django_db
RESULTS = ("handled", "known", "kept", "retired", "failed", "dead")


def _refuse(event: RoleChanged) -> None:
    raise ValueError(event.role)


class Numbers:
    """The growth of the counters since this was made."""

    def __init__(self) -> None:
        self._before = self._read()

    def moved(self) -> dict[str, float]:
        now = self._read()
        return {
            one: now[one] - self._before[one] for one in RESULTS if now[one] > self._before[one]
        }

    def _read(self) -> dict[str, float]:
        found = dict.fromkeys(RESULTS, 0.0)
        for metric in REGISTRY.collect():
            for sample in metric.samples:
                if sample.name == "busuu_deliveries_total":
                    found[sample.labels["result"]] += sample.value
        return found


class TestDeliveries:
    def test_are_counted_as_handled_once_and_as_known_after_that(
        self, subscribe: Subscribe
    ) -> None:
        subscribe(note)
        say(happened(), happened())
        [envelope] = sealed()
        numbers = Numbers()

        hand_over(envelope)
        hand_over(envelope)

        assert numbers.moved() == {"handled": 2, "known": 2}

    def test_are_counted_as_failed_until_they_are_dead(
        self, subscribe: Subscribe, settings: Any
    ) -> None:
        settings.MESSAGING_MAX_ATTEMPTS = 2
        subscribe(_refuse)
        say(happened())
        [envelope] = sealed()
        numbers = Numbers()

        hand_over(envelope)
        hand_over(envelope)

        assert numbers.moved() == {"failed": 1, "dead": 1}
        assert Delivery.objects.using(ORIGIN).get().state == Delivery.State.DEAD

    def test_of_another_release_are_counted_as_kept(self, subscribe: Subscribe) -> None:
        subscribe(note)
        say(happened())
        [envelope] = sealed()
        envelope["deliveries"] = [
            [pk, "community.not_yet", event] for pk, _, event in envelope["deliveries"]
        ]
        numbers = Numbers()

        hand_over(envelope)

        assert numbers.moved() == {"kept": 1}

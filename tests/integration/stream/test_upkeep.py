"""The stream in the admin and in metrics, and the events that are kept for it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from contexts.identity import api as identity
from contexts.identity.models import User
from contexts.shared.database.placement.aliases import all_aliases
from contexts.shared.kernel import now
from contexts.shared.messaging import upkeep
from contexts.shared.messaging.models import StoredEvent, StreamDelivery
from contexts.shared.messaging.stream.streamer import Streamer
from tests.factories.identity import UserFactory
from tests.integration.stream.happenings import ANA, BEN, ORIGIN, happened, say, spoil, waiting

pytestmark = pytest.mark.django_db


def _kill(delivery: StreamDelivery) -> None:
    StreamDelivery.objects.using(ORIGIN).filter(pk=delivery.pk).update(
        state=StreamDelivery.State.DEAD, failures=1
    )


class TestTheBacklog:
    def test_tells_how_much_waits_and_for_how_long(self, streaming: str) -> None:
        say(happened(), happened(), happened())
        _kill(waiting()[0])
        rows = StreamDelivery.objects.using(ORIGIN)
        rows.filter(pk=waiting()[1].pk).update(created_at=now() - timedelta(minutes=5))

        behind = upkeep.stream_backlog(using=ORIGIN, at=now())

        assert (behind.open, behind.dead) == (2, 1)
        assert timedelta(minutes=5) <= behind.lag < timedelta(minutes=6)

    def test_is_zero_when_all_is_streamed(self, streamer: Streamer) -> None:
        say(happened())
        streamer.step()

        behind = upkeep.stream_backlog(using=ORIGIN, at=now())

        assert (behind.open, behind.dead, behind.lag) == (0, 0, timedelta(0))

    def test_stands_in_the_metrics_apart_from_celerys(self, streaming: str, client: Client) -> None:
        say(happened(), happened())
        _kill(waiting()[0])

        lines = client.get("/metrics").content.decode().splitlines()

        pairs = [line.rpartition(" ") for line in lines if not line.startswith("#")]
        found = {name: float(value) for name, _, value in pairs}
        assert found[f'busuu_stream_open{{alias="{ORIGIN}"}}'] == 1
        assert found[f'busuu_stream_dead{{alias="{ORIGIN}"}}'] == 1
        assert found[f'busuu_deliveries_open{{alias="{ORIGIN}"}}'] == 0
        for alias in all_aliases():
            assert f'busuu_stream_lag_seconds{{alias="{alias}"}}' in found


class TestPurging:
    def test_keeps_events_that_are_not_streamed_yet(self, streamer: Streamer) -> None:
        say(happened(ANA), happened(BEN))
        poisoned, _ = waiting()
        spoil(poisoned)
        streamer.step()
        later = now() + settings.RETENTION["events"] + timedelta(days=1)

        upkeep.purge(using=ORIGIN, at=later)
        kept = list(StoredEvent.objects.using(ORIGIN).values_list("pk", flat=True))
        StreamDelivery.objects.using(ORIGIN).all().delete()
        upkeep.purge(using=ORIGIN, at=later)

        assert kept == [poisoned.event_id]
        assert not StoredEvent.objects.using(ORIGIN).exists()


class TestTheAdmin:
    @pytest.fixture
    def staff(self) -> Client:
        user = UserFactory()
        identity.grant_role(user_id=user.pk, role="admin", now=now())
        client = Client()
        client.force_login(User.objects.get(pk=user.pk))
        return client

    @pytest.fixture
    def page(self) -> Callable[..., str]:
        return lambda name, *arguments: reverse(
            f"admin:messaging_streamdelivery_{name}", args=arguments
        )

    def test_lists_and_shows_what_waits(
        self, staff: Client, streaming: str, page: Callable[..., str]
    ) -> None:
        say(happened(ANA))
        [row] = waiting()

        found = staff.get(page("changelist"), {"state": "open", "q": str(ANA)})
        shown = staff.get(page("change", row.pk))

        assert found.context["cl"].result_count == 1
        assert (found.status_code, shown.status_code) == (200, 200)

    @pytest.mark.parametrize("name", ["add", "delete"])
    def test_lets_nobody_add_or_delete(
        self, name: str, staff: Client, streaming: str, page: Callable[..., str]
    ) -> None:
        say(happened())
        arguments = [waiting()[0].pk] if name == "delete" else []

        refused = staff.post(page(name, *arguments), {"post": "yes"})

        assert refused.status_code == 403
        assert len(waiting()) == 1

    def test_opens_the_chosen_dead_ones(
        self, staff: Client, streaming: str, page: Callable[..., str]
    ) -> None:
        say(happened(), happened())
        chosen, other = waiting()
        _kill(chosen)
        _kill(other)

        staff.post(page("changelist"), {"action": "send_again", "_selected_action": [chosen.pk]})

        assert [one.state for one in waiting()] == ["open", "dead"]
        assert waiting()[0].failures == 0

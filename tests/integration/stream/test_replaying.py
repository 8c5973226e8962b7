"""Past events are streamed: those from before it was on, or all of them again."""

import io
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from contexts.shared.kernel import now
from contexts.shared.messaging import checks
from contexts.shared.messaging.stream import replaying
from contexts.shared.messaging.stream.streamer import Streamer
from tests.integration.stream.brokers import Message
from tests.integration.stream.happenings import ANA, ORIGIN, firsts, roles_of, say_in_order, waiting

pytestmark = pytest.mark.django_db


def _replay(since: str = "2000-01-01T00:00:00Z") -> str:
    output = io.StringIO()
    call_command("events", "replay", "identity", "--since", since, stdout=output)
    return output.getvalue()


class TestReplaying:
    def test_streams_what_was_published_before_in_its_order(
        self,
        switch_on: Callable[..., None],
        broker: str,
        streamed: Callable[[], list[Message]],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(replaying, "_CHUNK", 3)
        say_in_order(ANA, range(8))
        switch_on(broker)
        streamer = Streamer(using=ORIGIN, stop=threading.Event())

        output = _replay()
        streamer.step()
        streamer.leave()

        assert output == "8 events will be streamed\n"
        assert roles_of(streamed(), ANA) == [str(role) for role in range(8)]

    def test_repeats_what_was_streamed_with_the_same_ids(
        self, streamer: Streamer, streamed: Callable[[], list[Message]]
    ) -> None:
        say_in_order(ANA, ["first", "second"])
        streamer.step()

        _replay()
        streamer.step()

        messages = streamed()
        assert roles_of(messages, ANA) == ["first", "second", "first", "second"]
        assert len(firsts([one["id"] for one in messages])) == 2

    def test_leaves_what_waits_where_it_is(self, streaming: str) -> None:
        say_in_order(ANA, ["first", "second"])
        before = [one.pk for one in waiting()]

        output = _replay()

        assert output == "0 events will be streamed\n"
        assert [one.pk for one in waiting()] == before

    def test_takes_no_event_from_before_the_instant(self, streamer: Streamer) -> None:
        say_in_order(ANA, ["first"])
        streamer.step()

        output = _replay((now() + timedelta(minutes=1)).isoformat())

        assert output == "0 events will be streamed\n"

    def test_is_refused_where_nothing_is_streamed(self) -> None:
        say_in_order(ANA, ["first"])

        with pytest.raises(CommandError, match="identity is not streamed"):
            _replay()

        assert waiting() == []

    def test_asks_for_an_instant_with_its_offset(self, streaming: str) -> None:
        with pytest.raises(CommandError, match="is not an instant"):
            _replay("2026-01-01")


class TestTheChecks:
    def test_refuse_a_context_that_there_is_not(self, switch_on: Callable[..., None]) -> None:
        switch_on("kafka://127.0.0.1:1", CONTEXTS=["identity", "weather"])

        [found] = checks.stream_settings()

        assert (found.id, "weather" in found.msg) == ("busuu.E020", True)

    def test_refuse_an_address_that_nobody_understands(
        self, switch_on: Callable[..., None]
    ) -> None:
        switch_on("127.0.0.1:9092")

        assert [one.id for one in checks.stream_settings()] == ["busuu.E021"]

    def test_have_nothing_against_the_defaults(self) -> None:
        assert checks.stream_settings() == []

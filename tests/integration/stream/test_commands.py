"""The commands of the stream, and its dead letters."""

import io
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
import structlog
import time_machine
from confluent_kafka import KafkaError, Producer
from django.core.management import CommandError, call_command

from contexts.shared.messaging.models import StreamDelivery
from contexts.shared.messaging.stream.configured import broker_options
from contexts.shared.messaging.stream.kafka import Complaints
from contexts.shared.messaging.stream.streamer import Streamer
from tests.integration.stream.happenings import ANA, BEN, ORIGIN, happened, say, spoil, waiting
from tests.integration.stream.processes import ROOT, environment, run

pytestmark = pytest.mark.django_db


def _command(*arguments: str) -> str:
    output = io.StringIO()
    call_command(*arguments, stdout=output, stderr=output)
    return output.getvalue()


class TestTailing:
    def test_prints_each_event_as_a_line_of_json_and_ends(
        self, streamer: Streamer, tmp_path: Path
    ) -> None:
        event = happened(ANA)
        say(event, happened(BEN))
        streamer.step()

        tailed = run(
            "tail_events", "--context", "identity", "--from-beginning", "--limit", "2",
            folder=tmp_path,
        )  # fmt: skip

        assert tailed.returncode == 0, tailed.stderr
        lines = [orjson.loads(line) for line in tailed.stdout.splitlines()]
        assert {line["subject"] for line in lines} == {str(ANA), str(BEN)}
        [line] = [line for line in lines if line["subject"] == str(ANA)]
        assert line["type"] == "identity.role_changed.v1"
        assert line["datacontenttype"] == "application/protobuf"
        assert line["time"] == event.occurred_at.isoformat()
        assert line["data"] == {"user_id": str(ANA), "role": "tutor", "granted": True}
        assert line["topic"].endswith(".identity.v1")

    def test_waits_for_what_comes_until_it_is_told_to_stop(
        self, streamer: Streamer, tmp_path: Path
    ) -> None:
        say(happened(ANA, role="before"))
        streamer.step()
        tail = subprocess.Popen(
            [sys.executable, "manage.py", "tail_events", "--context", "identity"],
            cwd=ROOT,
            env=environment(tmp_path),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert tail.stderr is not None
        assert tail.stdout is not None
        ready = tail.stderr.readline()

        say(happened(ANA, role="after"))
        streamer.step()
        line = orjson.loads(tail.stdout.readline())
        tail.send_signal(signal.SIGTERM)
        rest, errors = tail.communicate(timeout=30)

        assert ready.startswith("reading 4 partitions of test-")
        assert line["data"]["role"] == "after"
        assert (tail.returncode, rest, errors) == (0, "", "")

    def test_says_what_it_cannot_read(self, streaming: str, settings: Any) -> None:
        topic = f"{settings.STREAM['PREFIX']}.strangers"
        stranger = Producer({**broker_options(streaming), "log_level": 1})
        stranger.produce(topic, value=b"\xff", headers=[("ce_type", b"identity.role_changed.v1")])
        stranger.produce(topic, value=b"hello", headers=[("ce_type", b"weather.changed.v1")])
        stranger.produce(topic, value=b"hello")
        stranger.flush(10)

        output = _command("tail_events", "--topic", topic, "--from-beginning", "--limit", "3")

        lines = [orjson.loads(line) for line in output.splitlines() if line.startswith("{")]
        reasons = sorted(line["data_error"].partition(":")[0] for line in lines)
        assert reasons == ["UnknownMessage", "UnknownMessage", "ValueError"]
        assert all("data" not in line for line in lines)

    @pytest.mark.parametrize("limit", ["-1", "0", "many"])
    def test_says_what_a_limit_is(self, limit: str) -> None:
        with pytest.raises(CommandError, match=f"--limit: '{limit}' is not a number above 0"):
            call_command("tail_events", "--limit", limit)


@pytest.mark.parametrize("command", ["stream_events", "tail_events"])
class TestRefusing:
    def test_says_that_streaming_is_off(self, command: str) -> None:
        with pytest.raises(CommandError, match="KAFKA_URL is not set"):
            call_command(command)

    def test_names_the_extra_that_is_missing(
        self, command: str, streaming: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "confluent_kafka", None)

        with pytest.raises(CommandError, match="the extra `kafka`: pip install confluent-kafka"):
            call_command(command)

    def test_names_an_option_that_the_client_does_not_know(
        self, command: str, streaming: str, switch_on: Callable[..., None]
    ) -> None:
        switch_on(streaming, OPTIONS={"no.such.option": 1})

        with pytest.raises(CommandError, match=r"no\.such\.option"):
            call_command(command)

    @pytest.mark.parametrize(
        "url", ["127.0.0.1:9092", "amqp://127.0.0.1", "kafka://", "kafka://me:secret@/"]
    )
    def test_says_how_an_address_is_written(
        self, command: str, url: str, switch_on: Callable[..., None]
    ) -> None:
        switch_on(url)

        with pytest.raises(CommandError, match=r"kafka\[\+ssl\]://"):
            call_command(command)


class TestAddresses:
    @pytest.mark.parametrize(
        ("url", "options"),
        [
            (
                "kafka://one:9092,two:9092",
                {"bootstrap.servers": "one:9092,two:9092", "security.protocol": "PLAINTEXT"},
            ),
            (
                "kafka+ssl://one:9093/",
                {"bootstrap.servers": "one:9093", "security.protocol": "SSL"},
            ),
            (
                "kafka+ssl://me:a%40b%3Ac@one:9093",
                {
                    "bootstrap.servers": "one:9093",
                    "security.protocol": "SASL_SSL",
                    "sasl.mechanism": "PLAIN",
                    "sasl.username": "me",
                    "sasl.password": "a@b:c",
                },
            ),
        ],
    )
    def test_become_the_clients_options(self, url: str, options: dict[str, str]) -> None:
        assert broker_options(url) == options


class TestComplaints:
    def test_are_said_once_of_each_kind_in_a_minute(self) -> None:
        complain = Complaints()
        down, refused = KafkaError(KafkaError._ALL_BROKERS_DOWN), KafkaError(KafkaError._TRANSPORT)

        with structlog.testing.capture_logs() as logs:
            for error in (refused, down, refused, refused, down):
                complain(error)
            with time_machine.travel(time.time() + 61):
                complain(refused)

        assert [one["error"] for one in logs] == [refused.str(), down.str(), refused.str()]


class TestDeadLetters:
    @pytest.fixture
    def dead(self, streamer: Streamer) -> StreamDelivery:
        say(happened(ANA), happened(ANA))
        [first, _] = waiting()
        spoil(first)
        streamer.step()
        return first

    def test_are_listed_with_all_others(self, dead: StreamDelivery) -> None:
        output = _command("events", "list", "--dead")

        name = f"{ORIGIN}:stream:{dead.pk}"
        line = f"{name}  dead  identity.role_changed.v1 -> stream of identity  failures=1"
        assert line in output.splitlines()
        assert f"{ORIGIN}:stream: 1 open, 1 dead, oldest 0 s" in output.splitlines()

    def test_are_shown_with_their_traceback(self, dead: StreamDelivery) -> None:
        output = _command("events", "show", f"{ORIGIN}:stream:{dead.pk}")

        first, second, *_ = output.splitlines()
        assert first == f"identity.role_changed.v1 {dead.event_id} about {ANA}"
        assert second == "to stream of identity, dead, 1 failures"
        assert "Traceback" in output
        assert "ValidationError" in output

    @pytest.mark.parametrize("chosen", [True, False])
    def test_are_streamed_again_with_what_waited(
        self, dead: StreamDelivery, streamer: Streamer, chosen: bool
    ) -> None:
        spoil(dead, {"user_id": str(ANA), "role": "tutor", "granted": True})
        names = [f"{ORIGIN}:stream:{dead.pk}"] if chosen else []

        output = _command("events", "redrive", *names)
        streamer.step()

        assert output == "1 deliveries will be sent again\n"
        assert waiting() == []

    def test_are_not_taken_for_celerys(self, dead: StreamDelivery) -> None:
        assert _command("events", "redrive", f"{ORIGIN}:{dead.pk}").startswith("0 deliveries")
        assert waiting()[0].state == StreamDelivery.State.DEAD

"""Streamers in separate processes: killed, stopped, two at once, on every database."""

import random
from collections.abc import Callable
from uuid import UUID

import pytest

from contexts.community.events import PointsGiven
from contexts.shared.database.placement.aliases import all_aliases
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.models import Lease, StoredEvent, StreamDelivery
from contexts.shared.messaging.publishing import publish
from tests.integration.messaging.workers import eventually
from tests.integration.stream.brokers import Message, read_all
from tests.integration.stream.happenings import (
    ORIGIN,
    firsts,
    happened,
    roles_of,
    say,
    waiting,
)
from tests.integration.stream.processes import Streaming

pytestmark = pytest.mark.django_db(transaction=True)
Start = Callable[[], Streaming]
Read = Callable[[], list[Message]]
PEOPLE = [UUID(int=number) for number in range(100, 130)]
ROUNDS = 100


def _left() -> int:
    return sum(StreamDelivery.objects.using(alias).count() for alias in all_aliases())


def _say_much() -> None:
    """Publish a hundred events about each of thirty people, in turn."""
    for role in range(ROUNDS):
        say(*[happened(person, role=str(role)) for person in PEOPLE])


def _assert_complete_and_in_order(messages: list[Message]) -> None:
    expected = [str(role) for role in range(ROUNDS)]
    for person in PEOPLE:
        assert firsts(roles_of(messages, person)) == expected
    stored = {str(pk) for pk in StoredEvent.objects.using(ORIGIN).values_list("pk", flat=True)}
    assert {one["id"] for one in messages} == stored
    assert len(stored) == ROUNDS * len(PEOPLE)


class TestKillingAStreamer:
    def test_loses_nothing_and_keeps_the_order(
        self, streaming: str, start_streaming: Start, streamed: Read
    ) -> None:
        chance = random.Random(seed := random.randrange(2**32))
        _say_much()
        total = _left()
        kills = 0

        streamer = start_streaming()
        for share in (0.9, 0.5):
            goal = int(total * chance.uniform(share - 0.2, share))
            reached = eventually(lambda goal=goal: _left() <= goal)
            streamer.kill()
            kills += bool(_left())
            streamer.start()
            assert reached, (seed, streamer.log.read_text())
        done = eventually(lambda: _left() == 0)

        assert done, (seed, streamer.log.read_text())
        assert kills > 0
        _assert_complete_and_in_order(streamed())


class TestStoppingAStreamer:
    def test_ends_in_order_and_leaves_the_rest_to_the_next(
        self, streaming: str, start_streaming: Start, streamed: Read
    ) -> None:
        _say_much()
        total = _left()
        streamer = start_streaming()
        began = eventually(lambda: _left() < total)

        code = streamer.stop()
        free = not Lease.objects.using(ORIGIN).exists()
        streamer.start()
        done = eventually(lambda: _left() == 0)

        assert (began, code, free, done) == (True, 0, True, True), streamer.log.read_text()
        messages = streamed()
        _assert_complete_and_in_order(messages)
        assert len(messages) == total

    def test_does_not_take_for_ever_where_no_broker_answers(
        self, switch_on: Callable[..., None], start_streaming: Start
    ) -> None:
        switch_on("kafka://127.0.0.1:1")
        say(happened())
        streamer = start_streaming()
        streamer.wait_until_it_runs()

        code = streamer.stop()

        assert code == 0
        assert len(waiting()) == 1


class TestTwoStreamersAtOnce:
    def test_go_on_with_one_when_the_other_is_killed(
        self, streaming: str, start_streaming: Start, streamed: Read
    ) -> None:
        streamers = [start_streaming(), start_streaming()]
        for one in streamers:
            one.wait_until_it_runs()
        _say_much()
        began = eventually(lambda: _left() < ROUNDS * len(PEOPLE))

        streamers[0].kill()
        done = eventually(lambda: _left() == 0)

        assert (began, done) == (True, True), [one.log.read_text() for one in streamers]
        _assert_complete_and_in_order(streamed())


class TestEveryDatabase:
    def test_is_streamed_by_one_process(
        self, streaming: str, start_streaming: Start, settings: object
    ) -> None:
        prefix = settings.STREAM["PREFIX"]  # type: ignore[attr-defined]
        given = PointsGiven(occurred_at=now(), member_id=new_id(), points=-3, reason="thanked")
        say(happened(role="tutor"))
        for_context("community")(publish)([given])

        streamer = start_streaming()
        done = eventually(lambda: _left() == 0)

        assert done, streamer.log.read_text()
        [role] = read_all(streaming, f"{prefix}.identity.v1")
        [points] = read_all(streaming, f"{prefix}.community.v1")
        assert (role["data"]["role"], points["data"]["points"]) == ("tutor", -3)
        assert points["subject"] == str(given.member_id)

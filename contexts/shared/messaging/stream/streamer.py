"""The streamer of one database: sends deliveries and deletes those that the broker confirms."""

import random
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import connections

from contexts.shared.kernel import now
from contexts.shared.messaging.lease import Tenure
from contexts.shared.messaging.models import StreamDelivery
from contexts.shared.messaging.stream import kafka, waiting
from contexts.shared.messaging.stream.configured import topic_of
from contexts.shared.messaging.stream.flight import Flight, Outcome, Parcel
from contexts.shared.messaging.stream.records import Record, record_of
from contexts.shared.messaging.stream.wire import UnknownMessage

log = structlog.get_logger(__name__)

LEASE = "stream"
_IDLE = timedelta(milliseconds=200)
_STAND_BY = timedelta(seconds=2)
_CLOSING_SECONDS = 5.0
_SHARE = 10


@dataclass
class Pause:
    """The wait for a context that the broker does not accept: 0.5 s, 1 s, 2 s … 60 s."""

    tries: int = 0
    until: datetime | None = None

    def lengthen(self, *, at: datetime) -> timedelta:
        longest = min(0.5 * 2.0**self.tries, 60.0)
        seconds = random.uniform(longest / 2, longest)  # noqa: S311
        self.tries += 1
        self.until = at + timedelta(seconds=seconds)
        return timedelta(seconds=seconds)


@dataclass
class Streamer:
    """Streams the database `using` until `stop` is set, which any thread may do."""

    using: str
    stop: threading.Event
    make_producer: Callable[[], Any] = kafka.producer
    _producer: Any = None
    _pauses: dict[str, Pause] = field(default_factory=dict)
    _tenure: Tenure = field(init=False)

    def __post_init__(self) -> None:
        self._tenure = Tenure(LEASE, self.using, settings.STREAM["LEASE"])

    def run(self) -> None:
        """Stream until `stop` is set. Failures of the database or the broker do not end it."""
        trouble = Pause()
        while not self.stop.is_set():
            try:
                rest = self.step()
                trouble = Pause()
            except Exception:
                log.exception("stream_failed", alias=self.using)
                self._start_over()
                rest = trouble.lengthen(at=now())
            self.stop.wait(rest.total_seconds())
        try:
            self.leave()
        except Exception:
            log.exception("stream_lease_kept", alias=self.using)
        finally:
            connections[self.using].close()

    def step(self) -> timedelta:
        """Send one batch, if there is one. Return how long to wait before the next."""
        at = now()
        if not self._tenure.keep(now=at):
            return _STAND_BY
        began = time.monotonic()
        batch = waiting.take(using=self.using, at=at, without=self._paused(at))
        if not batch:
            # A search through many held rows must not take all of the time.
            return max(_IDLE, _SHARE * timedelta(seconds=time.monotonic() - began))
        outcome = self._send(list(self._records(batch)))
        self._settle(outcome, contexts={row.context for row in batch})
        return timedelta(0) if outcome.confirmed else _IDLE

    def _paused(self, at: datetime) -> list[str]:
        return [name for name, pause in self._pauses.items() if pause.until and pause.until > at]

    def _records(self, batch: list[StreamDelivery]) -> Iterator[Parcel]:
        events = waiting.events_of(batch, using=self.using)
        stuck: set[tuple[str, str]] = set()
        for row in batch:
            lane = (row.context, row.subject)
            if lane not in stuck:
                record = self._record(row, events)
                if record is None:
                    stuck.add(lane)
                else:
                    yield row.pk, record

    def _record(self, row: StreamDelivery, events: dict[Any, Any]) -> Record | None:
        """Return the message. If it cannot be made, hold or bury the row and return None."""
        try:
            return record_of(events[row.event_id])
        except UnknownMessage as unknown:
            # In a rolling deploy, the release that knows it may start at any time.
            later = now() + settings.MESSAGING_RESEND_AFTER
            error = f"this release has no message for {unknown}"
            waiting.hold(row.pk, error, using=self.using, until=later)
        except KeyError:
            waiting.bury(row.pk, "the event is gone", using=self.using)
        except Exception:
            log.exception("stream_encoding_failed", alias=self.using, event_id=str(row.event_id))
            waiting.bury(row.pk, traceback.format_exc(), using=self.using)
        return None

    def _send(self, parcels: list[Parcel]) -> Outcome:
        if self._producer is None:
            self._producer = self.make_producer()
        return Flight(self._producer, goes_on=self._goes_on).send(parcels)

    def _goes_on(self) -> bool:
        return not self.stop.is_set() and self._tenure.keep(now=now())

    def _settle(self, outcome: Outcome, *, contexts: set[str]) -> None:
        waiting.close(outcome.confirmed, using=self.using)
        for number, error in outcome.refused.items():
            log.error("stream_message_refused", alias=self.using, delivery=number, error=error)
            waiting.bury(number, error, using=self.using)
        for context in contexts:
            self._note(context, outcome.unavailable.get(topic_of(context)))
        if outcome.fatal:
            self._start_over()

    def _note(self, context: str, error: str | None) -> None:
        if error is None:
            self._pauses.pop(context, None)
            return
        pause = self._pauses.setdefault(context, Pause())
        rest = pause.lengthen(at=now())
        log.warning(
            "stream_paused", context=context, error=error, seconds=round(rest.total_seconds(), 1)
        )

    def _start_over(self) -> None:
        """Drop the producer and the connection, which do not recover by themselves."""
        self._drop_producer()
        connections[self.using].close()

    def _drop_producer(self) -> None:
        if self._producer is not None:
            self._producer.purge()
            self._producer.flush(_CLOSING_SECONDS)
            self._producer = None

    def leave(self) -> None:
        """Close the producer and give up the lease."""
        self._drop_producer()
        self._tenure.end()

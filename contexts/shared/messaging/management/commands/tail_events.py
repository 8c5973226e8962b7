import os
import signal
import sys
import threading
from contextlib import closing
from itertools import islice
from typing import Any

import orjson
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from contexts.shared.messaging.management.arguments import positive
from contexts.shared.messaging.stream import kafka
from contexts.shared.messaging.stream.configured import NotConfigured, topic_of
from contexts.shared.messaging.stream.tailing import Tail


class Command(BaseCommand):
    help = "Print the public stream from Kafka: each CloudEvent as a line of JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        where = parser.add_mutually_exclusive_group()
        where.add_argument("--topic", action="append", help="may be repeated")
        where.add_argument(
            "--context",
            action="append",
            choices=sorted(settings.CONTEXT_DATABASES),
            help="its topic; may be repeated; by default, all contexts that are streamed",
        )
        parser.add_argument(
            "--from-beginning", action="store_true", help="all events that Kafka still has"
        )
        parser.add_argument("--limit", type=positive, default=None, help="end after so many events")

    def handle(self, *args: Any, **options: Any) -> None:
        contexts = options["context"] or settings.STREAM["CONTEXTS"]
        topics = options["topic"] or [topic_of(context) for context in contexts]
        try:
            with closing(kafka.consumer()) as consumer:
                self._print(Tail(consumer, topics, _stop_signal()), options)
        except (kafka.ExtraMissing, NotConfigured, kafka.OptionRefused) as error:
            raise CommandError(str(error)) from None
        except BrokenPipeError:
            # The reader has closed the pipe; the flush at exit must not fail on it.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _print(self, tail: Tail, options: dict[str, Any]) -> None:
        from confluent_kafka import KafkaException

        try:
            partitions = tail.start(from_beginning=options["from_beginning"])
            self.stderr.write(f"reading {partitions} partitions of {', '.join(tail.topics)}")
            for event in islice(tail, options["limit"]):
                self.stdout.write(orjson.dumps(event).decode())
                self.stdout.flush()
        except KafkaException as error:
            raise CommandError(error.args[0].str()) from None


def _stop_signal() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop

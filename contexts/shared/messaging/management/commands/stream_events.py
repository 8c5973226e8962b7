import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contexts.shared.database.placement.aliases import all_aliases
from contexts.shared.messaging.stream import kafka
from contexts.shared.messaging.stream.configured import NotConfigured
from contexts.shared.messaging.stream.streamer import Streamer


class Command(BaseCommand):
    help = "Send published events to Kafka, for other services, until SIGTERM or Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            # Wrong settings fail here once, not again and again in every thread.
            kafka.producer()
        except (kafka.ExtraMissing, NotConfigured, kafka.OptionRefused) as error:
            raise CommandError(str(error)) from None
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        streamers = [Streamer(using=alias, stop=stop) for alias in all_aliases()]
        threads = [
            threading.Thread(target=one.run, name=f"stream-{one.using}") for one in streamers
        ]
        for thread in threads:
            thread.start()
        self.stdout.write(f"streaming {', '.join(one.using for one in streamers)}")
        self.stdout.flush()
        for thread in threads:
            thread.join()
        self.stdout.write("stopped")

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from celery.signals import before_task_publish

from busuu.celery import app
from contexts.shared.kernel import Event
from contexts.shared.messaging import registry
from contexts.shared.messaging.registry import Subscriber
from tests.integration.messaging.happenings import RoleChanged

Subscribe = Callable[..., str]


@pytest.fixture
def subscribe() -> Iterator[Subscribe]:
    """Return a function that adds a subscriber until the test ends, by default to RoleChanged."""
    added: list[str] = []

    def add(
        react: Callable[[Any], None],
        *,
        name: str = "community.react",
        event: type[Event] = RoleChanged,
        outside: bool = False,
    ) -> str:
        context = name.split(".", 1)[0]
        registry.add(Subscriber(name, context, event, react, outside))
        added.append(name)
        return name

    yield add
    for name in added:
        registry.remove(name)


@pytest.fixture
def use_broker() -> Iterator[Callable[[str], None]]:
    """Return a function that points Celery at another broker."""
    before = app.conf.broker_url, app.conf.broker_transport_options

    def use(url: str) -> None:
        app.conf.update(broker_url=url, broker_transport_options={})
        app._after_fork()

    yield use
    app.conf.update(broker_url=before[0], broker_transport_options=before[1])
    app._after_fork()


@pytest.fixture
def carried(use_broker: Callable[[str], None]) -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """Yield the queues and envelopes that Celery gets. No worker handles them."""
    use_broker("memory://")
    taken: list[tuple[str, dict[str, Any]]] = []

    def note(routing_key: str, body: Any, **_: Any) -> None:
        taken.append((routing_key, body[1]["envelope"]))

    before_task_publish.connect(note, weak=False)
    yield taken
    before_task_publish.disconnect(note)
    app.control.purge()

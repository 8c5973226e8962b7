"""The Celery task that carries an envelope."""

from typing import Any

from celery import Task, shared_task

from contexts.shared.messaging import delivering


@shared_task(name="messaging.deliver", bind=True, acks_late=True, ignore_result=True)
def deliver(self: "Task[..., None]", *, envelope: dict[str, Any], **_: Any) -> None:
    """Deliver an envelope to its subscribers. Ignores keywords of later releases."""
    context = envelope["deliveries"][0][1].split(".", 1)[0]
    delivering.deliver_envelope(envelope, context=context)

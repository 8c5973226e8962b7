from typing import Any

from celery import shared_task

from contexts.shared.messaging import relay, upkeep
from contexts.shared.messaging.carrying import deliver

# Workers look for tasks here. `deliver` has its own module, so that the relay can import it.
__all__ = ["deliver", "purge", "sweep"]


@shared_task(name="messaging.sweep", ignore_result=True)
def sweep(**_: Any) -> None:
    """Send due deliveries that a failed broker or process has left."""
    relay.relay_all()


@shared_task(name="messaging.purge", ignore_result=True)
def purge(**_: Any) -> None:
    """Delete rows past their retention."""
    upkeep.purge_all()

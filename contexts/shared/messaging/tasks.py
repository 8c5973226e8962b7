from typing import Any

from celery import shared_task

# Workers look for tasks here. The relay brings `deliver` of carrying.py with it.
from contexts.shared.messaging import relay, upkeep


@shared_task(name="messaging.sweep", ignore_result=True)
def sweep(**_: Any) -> None:
    """Send due deliveries that a failed broker or process has left."""
    relay.relay_all()


@shared_task(name="messaging.purge", ignore_result=True)
def purge(**_: Any) -> None:
    """Delete rows past their retention."""
    upkeep.purge_all()

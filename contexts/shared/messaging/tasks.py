from typing import Any

from celery import shared_task

from contexts.shared.messaging import relay, upkeep
from contexts.shared.messaging.carrying import deliver

# Workers look for tasks here; `deliver` stands apart, so that the relay can send it.
__all__ = ["deliver", "purge", "sweep"]


@shared_task(name="messaging.sweep", ignore_result=True)
def sweep(**_: Any) -> None:
    """Send what a dead broker or process left behind."""
    relay.relay_all()


@shared_task(name="messaging.purge", ignore_result=True)
def purge(**_: Any) -> None:
    """Delete what has outlived its retention."""
    upkeep.purge_all()

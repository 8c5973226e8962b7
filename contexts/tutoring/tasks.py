from typing import Any

from celery import shared_task

from contexts.shared.kernel import now
from contexts.tutoring import api


@shared_task(name="tutoring.sweep", ignore_result=True)
def sweep(**_: Any) -> None:
    """Finish interrupted bookings, and complete lessons that nobody has concluded."""
    api.sweep(now=now())

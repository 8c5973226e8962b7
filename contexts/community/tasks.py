from typing import Any

from celery import shared_task

from contexts.community import api
from contexts.shared.kernel import now


@shared_task(name="community.sweep", ignore_result=True)
def sweep(**_: Any) -> None:
    """Bring up texts that wait for long; forget unopened drafts and turns that are over."""
    api.sweep(now=now())
    api.purge_tickets(now=now())


@shared_task(name="community.purge", ignore_result=True)
def purge(**_: Any) -> None:
    """Forget notifications past their retention."""
    api.purge_notifications(now=now())

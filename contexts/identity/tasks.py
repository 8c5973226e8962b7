from typing import Any

from celery import shared_task

from contexts.identity import api
from contexts.shared.kernel import now


@shared_task(name="identity.purge", ignore_result=True)
def purge(**_: Any) -> None:
    """Delete sessions and exports past their retention."""
    api.purge_sessions(now=now())
    api.purge_exports(now=now())


@shared_task(name="identity.start_erasures", ignore_result=True)
def start_erasures(**_: Any) -> None:
    """Start the erasures whose two weeks are over."""
    api.start_due_erasures(now=now())

from typing import Any

from celery import shared_task

from contexts.identity import api
from contexts.shared.kernel import now


@shared_task(name="identity.purge", ignore_result=True)
def purge(**_: Any) -> None:
    """Delete sessions, exports and agreements past their retention."""
    api.purge_sessions(now=now())
    api.purge_exports(now=now())
    api.purge_agreements(now=now())


@shared_task(name="identity.announce", ignore_result=True)
def announce(**_: Any) -> None:
    """Mail the next people about a new version of a legal text, if staff announced one."""
    api.announce_batch(now=now())


@shared_task(name="identity.start_erasures", ignore_result=True)
def start_erasures(**_: Any) -> None:
    """Start the erasures whose two weeks are over."""
    api.start_due_erasures(now=now())

from typing import Any

from celery import shared_task

from contexts.shared.mailing import sending, upkeep


@shared_task(name="mailing.sweep", ignore_result=True)
def sweep(**_: Any) -> None:
    """Send the mails that are due."""
    sending.send_due()


@shared_task(name="mailing.purge", ignore_result=True)
def purge(**_: Any) -> None:
    """Delete mails past their retention."""
    upkeep.purge_all()

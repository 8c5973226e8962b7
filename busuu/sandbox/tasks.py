from typing import Any

from celery import shared_task

from busuu.sandbox import renewals
from contexts.shared.kernel import now


@shared_task(name="sandbox.pass_time", ignore_result=True)
def pass_time(**_: Any) -> None:
    """Renew, end and dispute what is due."""
    renewals.pass_time(now=now())

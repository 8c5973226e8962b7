from typing import Any

from celery import shared_task

from contexts.billing import api
from contexts.shared.kernel import now


@shared_task(name="billing.expire_credits", ignore_result=True)
def expire_credits(**_: Any) -> None:
    """Release the holds and drop the credits whose time is over."""
    api.expire_credits(now=now())


@shared_task(name="billing.earn_revenue", ignore_result=True)
def earn_revenue(**_: Any) -> None:
    """Book what subscriptions paid for a time that is over."""
    api.earn_revenue(now=now())


@shared_task(name="billing.sweep", ignore_result=True)
def sweep(**_: Any) -> None:
    """Go on with purchases, subscriptions and webhooks that wait."""
    api.sweep(now=now())


@shared_task(name="billing.purge", ignore_result=True)
def purge(**_: Any) -> None:
    """Forget handled webhooks past their retention."""
    api.purge_webhooks(now=now())

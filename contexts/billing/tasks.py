from typing import Any

from celery import shared_task

from contexts.billing import api
from contexts.shared.kernel import now


@shared_task(name="billing.expire_credits", ignore_result=True)
def expire_credits(**_: Any) -> None:
    """Release expired holds and drop expired credits."""
    api.expire_credits(now=now())


@shared_task(name="billing.earn_revenue", ignore_result=True)
def earn_revenue(**_: Any) -> None:
    """Earn the revenue of subscription periods that are over."""
    api.earn_revenue(now=now())


@shared_task(name="billing.sweep", ignore_result=True)
def sweep(**_: Any) -> None:
    """Go on with checkouts, subscriptions and webhooks that wait."""
    api.sweep(now=now())


@shared_task(name="billing.purge", ignore_result=True)
def purge(**_: Any) -> None:
    """Delete handled webhooks past their retention."""
    api.purge_webhooks(now=now())

"""The flow of a dispute: fetch the charge, then take back what it paid for."""

from datetime import datetime

from contexts.billing.application.providers import Provider
from contexts.billing.domain.checkouts import CheckoutNotFound, checkout_id_of
from contexts.billing.services.wiring import atomic, disputes

_take_back = atomic(disputes.take_back)


def take_back(provider: Provider, ref: str, *, now: datetime) -> bool:
    """Fetch a charge and take back what it paid for, if it is disputed.

    Return False if either side does not know it. Raises PaymentsUnavailable, PaidWrong.
    """
    charge = provider.fetch_charge(ref)
    checkout_id = checkout_id_of(charge.reference) if charge else None
    if charge is None or checkout_id is None:
        return False
    if not charge.disputed:
        return True
    snapshot = None
    if charge.subscription_ref:
        snapshot = provider.fetch_subscription(charge.subscription_ref)
        if snapshot is None:
            return False
    try:
        _take_back(checkout_id=checkout_id, charge=charge, snapshot=snapshot, now=now)
    except CheckoutNotFound:
        return False
    return True

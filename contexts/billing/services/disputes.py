"""The flow of a dispute: fetch the charge, then take back what it paid for."""

from datetime import datetime

from contexts.billing.application.providers import Provider
from contexts.billing.domain.checkouts import CheckoutNotFound, checkout_id_of
from contexts.billing.services.wiring import atomic, disputes

_take_back = atomic(disputes.take_back)


def take_back(provider: Provider, ref: str, *, now: datetime) -> None:
    """Fetch a charge and take back what it paid for, if it is disputed.

    Raises CheckoutNotFound if either side does not know it, PaymentsUnavailable, PaidWrong.
    """
    charge = provider.fetch_charge(ref)
    if charge is None:
        raise CheckoutNotFound
    checkout_id, snapshot = checkout_id_of(charge.reference), None
    if not charge.disputed:
        return
    if charge.subscription_ref:
        snapshot = provider.fetch_subscription(charge.subscription_ref)
        if snapshot is None:
            raise CheckoutNotFound
    _take_back(checkout_id=checkout_id, charge=charge, snapshot=snapshot, now=now)

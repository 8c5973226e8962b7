"""A limit on guesses of voucher codes."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from contexts.billing.domain.vouchers import VoucherRefused
from contexts.shared.http.throttling import Limit, limited


@contextmanager
def guessing(customer_id: UUID) -> Iterator[None]:
    """Count an unknown code against its customer. Known codes cost nothing. Raises Throttled."""
    with limited(Limit("voucher_guesses", str(customer_id))) as give_back:
        try:
            yield
        except VoucherRefused as refused:
            if refused.params.get("why") != "unknown":
                give_back()
            raise
        give_back()

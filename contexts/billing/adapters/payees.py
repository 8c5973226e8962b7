"""Tutors as payees, in rows."""

from uuid import UUID

from contexts.billing import models as rows
from contexts.billing.adapters.catalog_rules import DEFAULT_CURRENCY
from contexts.billing.adapters.prices import currency_in
from contexts.billing.adapters.terms import pays_in
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.transactions.locking import lock_row


class OrmPayees:
    def currency_of(self, tutor_id: UUID) -> str:
        row = rows.Payee.objects.filter(pk=tutor_id).first()
        if row is None:
            fresh = rows.Payee(tutor_id=tutor_id, currency=_currency_at_home(tutor_id))
            row = lock_row(fresh, using=alias_of("billing"), tutor_id=tutor_id)
        return row.currency


def _currency_at_home(tutor_id: UUID) -> str:
    country = rows.Customer.objects.filter(pk=tutor_id).values_list("country", flat=True).first()
    currency = currency_in(country or "")
    return currency if country and pays_in(currency) else DEFAULT_CURRENCY

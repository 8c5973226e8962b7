"""New quotes and evidence of a country in rows."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from contexts.billing import models as rows
from contexts.billing.domain.evidence import Evidence, EvidenceKind
from contexts.billing.domain.quotes import Quote, Terms
from contexts.shared.kernel import Money


class OrmEvidence:
    def of(self, checkout_id: UUID) -> tuple[Evidence, ...]:
        known = {one.kind: one for one in _rows(checkout_id)}
        return tuple(_evidence(known[kind]) for kind in EvidenceKind if kind in known)

    def keep(self, checkout_id: UUID, pieces: Iterable[Evidence]) -> None:
        known = {one.kind: one for one in _rows(checkout_id)}
        for one in pieces:
            facts = {"country": one.country, "source": one.source, "seen_at": one.seen_at}
            if one.kind not in known:
                rows.CheckoutEvidence.objects.create(
                    checkout_id=checkout_id, kind=one.kind.value, **facts
                )
            elif _evidence(known[one.kind]) != one:
                rows.CheckoutEvidence.objects.filter(pk=known[one.kind].pk).update(**facts)


def _rows(checkout_id: UUID) -> QuerySet[rows.CheckoutEvidence]:
    return rows.CheckoutEvidence.objects.filter(checkout=checkout_id)


def _evidence(row: rows.CheckoutEvidence) -> Evidence:
    return Evidence(
        kind=EvidenceKind(row.kind), country=row.country, source=row.source, seen_at=row.seen_at
    )


def quote_row(checkout_id: UUID, quote: Quote) -> rows.Quote:
    old, new = quote.old, quote.new
    return rows.Quote(
        id=quote.id,
        checkout_id=checkout_id,
        number=quote.number,
        reason=quote.reason,
        old_country=old.country,
        old_currency=old.price.currency,
        old_price_minor=old.price.minor,
        old_minor=old.amount.minor,
        old_tax_minor=old.tax.minor,
        country=new.country,
        currency=new.price.currency,
        price_id=quote.price_id,
        price_minor=new.price.minor,
        minor=new.amount.minor,
        tax_minor=new.tax.minor,
        keeps_voucher=quote.keeps_voucher,
        made_at=quote.made_at,
        expires_at=quote.expires_at,
    )


def quote_of(row: rows.Quote) -> Quote:
    return Quote(
        id=row.pk,
        number=row.number,
        reason=row.reason,
        old=Terms(
            country=row.old_country,
            price=Money(row.old_price_minor, row.old_currency),
            amount=Money(row.old_minor, row.old_currency),
            tax=Money(row.old_tax_minor, row.old_currency),
        ),
        new=Terms(
            country=row.country,
            price=Money(row.price_minor, row.currency),
            amount=Money(row.minor, row.currency),
            tax=Money(row.tax_minor, row.currency),
        ),
        price_id=row.price_id,
        keeps_voucher=row.keeps_voucher,
        made_at=row.made_at,
    )

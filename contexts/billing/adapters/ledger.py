"""The ledger in rows."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import IntegrityError

from contexts.billing import models as rows
from contexts.billing.domain.ledger import Account, AlreadyPosted, Owner, Transaction
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.statements.inserting import insert
from contexts.shared.kernel import new_id


class OrmLedger:
    def post(self, transactions: Iterable[Transaction]) -> None:
        """Store transactions in three statements, and one more for new accounts."""
        batch = [(new_id(), one) for one in transactions]
        if not batch:
            return
        ids = account_ids({p.account for _, one in batch for p in one.postings})
        headers = [
            rows.LedgerTransaction(
                id=id_, cause=one.cause, kind=one.kind, occurred_at=one.occurred_at
            )
            for id_, one in batch
        ]
        entries = [
            rows.LedgerEntry(
                transaction_id=id_, account_id=ids[posting.account.key], minor=posting.minor
            )
            for id_, one in batch
            for posting in one.postings
        ]
        try:
            insert(headers, using=alias_of("billing"))
        except IntegrityError as error:
            raise AlreadyPosted from error
        insert(entries, using=alias_of("billing"))

    def has(self, cause: str) -> bool:
        return rows.LedgerTransaction.objects.filter(cause=cause).exists()


def account_ids(accounts: Collection[Account]) -> dict[str, UUID]:
    by_key = {account.key: account for account in accounts}
    found = _known(by_key)
    missing = [account_row(by_key[key]) for key in sorted(by_key) if key not in found]
    if missing:
        rows.LedgerAccount.objects.bulk_create(missing, ignore_conflicts=True)
        found = _known(by_key)
    return found


def _known(keys: Iterable[str]) -> dict[str, UUID]:
    known = rows.LedgerAccount.objects.filter(key__in=list(keys))
    return dict(known.values_list("key", "pk"))


def account_row(account: Account) -> rows.LedgerAccount:
    holder = account.holder_id
    return rows.LedgerAccount(
        key=account.key,
        owner=account.owner.value,
        code=account.code,
        currency=account.currency,
        customer_id=holder if account.owner is Owner.CUSTOMER else None,
        tutor_id=holder if account.owner is Owner.TUTOR else None,
    )

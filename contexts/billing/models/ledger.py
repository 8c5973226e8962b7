"""The ledger's rows. Models and database triggers refuse to change or delete them."""

from typing import Any, ClassVar, NoReturn

from django.db import models

from contexts.shared.kernel import new_id


class LedgerIsFinal(RuntimeError):
    """A posted row cannot change. Correct a mistake by another transaction."""


class _Final(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise LedgerIsFinal

    def delete(self) -> NoReturn:
        raise LedgerIsFinal


class FinalRow(models.Model):
    """A row that is inserted once and never changes."""

    # The triggers that a migration creates, by engine.
    triggers: ClassVar = {
        "sqlite": ("{table}_no_update",),
        "postgresql": ("{table}_final",),
        "mysql": ("{table}_no_update", "{table}_no_delete"),
    }

    objects = _Final.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise LedgerIsFinal
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LedgerIsFinal


class LedgerAccount(models.Model):
    """An account. The owner's kind, the code, the holder and the currency make its `key`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=100)
    owner = models.CharField(max_length=10)
    code = models.CharField(max_length=30)
    customer_id = models.UUIDField(null=True, db_index=True)
    tutor_id = models.UUIDField(null=True, db_index=True)
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="billing_account_key")]

    def __str__(self) -> str:
        return self.key


class LedgerTransaction(FinalRow):
    """A transaction. `cause` is unique, so that it is posted once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cause = models.CharField(max_length=160)
    kind = models.CharField(max_length=30)
    occurred_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cause"], name="billing_ledger_cause")]

    def __str__(self) -> str:
        return self.cause


class LedgerEntry(FinalRow):
    """Minor units into an account, or out of it if negative. A transaction's sum to zero."""

    transaction = models.ForeignKey(
        LedgerTransaction, on_delete=models.PROTECT, related_name="entries"
    )
    account = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="entries")
    minor = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "ledger entries"

    def __str__(self) -> str:
        return f"{self.minor} in {self.account_id}"

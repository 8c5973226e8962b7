"""Wallets, which only the repository writes. Amounts are hundredths of a credit."""

from django.db import models


class Wallet(models.Model):
    """The sums of a customer's credits. Its row is locked before the wallet changes."""

    customer_id = models.UUIDField(primary_key=True, editable=False)
    available = models.BigIntegerField(default=0)
    held = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(available__gte=0, held__gte=0), name="billing_wallet_not_below_0"
            )
        ]

    def __str__(self) -> str:
        return str(self.customer_id)


class CreditGrant(models.Model):
    """Credits of one origin. `value_minor` is the net worth of all of them."""

    id = models.UUIDField(primary_key=True, editable=False)
    wallet = models.ForeignKey(Wallet, on_delete=models.PROTECT, related_name="grants")
    source = models.CharField(max_length=100)
    kind = models.CharField(max_length=12, help_text="purchased, gift or promotional.")
    granted = models.BigIntegerField()
    available = models.BigIntegerField()
    held = models.BigIntegerField()
    spent = models.BigIntegerField()
    expired = models.BigIntegerField()
    value_minor = models.BigIntegerField()
    value_currency = models.CharField(max_length=3)
    granted_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True, help_text="When its money was taken back.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source"], name="billing_grant_once"),
            models.CheckConstraint(
                condition=models.Q(available__gte=0, held__gte=0, spent__gte=0, expired__gte=0),
                name="billing_grant_not_below_0",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    granted=models.F("available")
                    + models.F("held")
                    + models.F("spent")
                    + models.F("expired")
                ),
                name="billing_grant_adds_up",
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="billing_grant_expiry")]

    def __str__(self) -> str:
        return self.source


class CreditHold(models.Model):
    """A credit reserved for a lesson, under the lesson's id. Only the state `held` can expire."""

    id = models.UUIDField(primary_key=True, editable=False)
    wallet = models.ForeignKey(Wallet, on_delete=models.PROTECT, related_name="holds")
    state = models.CharField(max_length=8)
    round = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField(default=100, db_default=100, help_text="Agreed at booking.")
    pay_minor = models.BigIntegerField(null=True, help_text="The tutor's, agreed at booking.")
    pay_currency = models.CharField(max_length=3, null=True)  # noqa: DJ001 - with pay_minor
    held_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "expires_at"], name="billing_hold_expiry")]

    def __str__(self) -> str:
        return str(self.id)


class HeldPart(models.Model):
    """A hold's part of a grant, and how much of it was spent."""

    hold = models.ForeignKey(CreditHold, on_delete=models.PROTECT, related_name="parts")
    grant = models.ForeignKey(CreditGrant, on_delete=models.PROTECT, related_name="parts")
    amount = models.BigIntegerField()
    spent = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hold", "grant"], name="billing_part_once")]

    def __str__(self) -> str:
        return f"{self.amount} of {self.grant_id}"

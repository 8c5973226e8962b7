"""Checkouts, subscriptions, what they entitle to, and the webhooks that move them."""

from django.db import models

from contexts.billing.models.ledger import FinalRow
from contexts.billing.models.prices import Price, Product, Voucher
from contexts.shared.kernel import new_id


class Checkout(models.Model):
    """A purchase under way; what it costs is fixed when it begins."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer_id = models.UUIDField()
    product = models.ForeignKey(Product, on_delete=models.PROTECT)
    price = models.ForeignKey(Price, on_delete=models.PROTECT)
    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, null=True)
    state = models.CharField(max_length=10)
    price_minor = models.BigIntegerField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    country = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=35)
    trial_days = models.PositiveSmallIntegerField(default=0)
    provider = models.CharField(max_length=10)
    provider_ref = models.CharField(max_length=120, null=True)  # noqa: DJ001 - unique, where known
    url = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField()
    looked_at = models.DateTimeField(help_text="When the sweep may look again.")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "provider_ref"], name="billing_checkout_ref"
            )
        ]
        indexes = [
            models.Index(fields=["customer_id", "-created_at"], name="billing_checkout_mine"),
            models.Index(fields=["state", "looked_at"], name="billing_checkout_sweep"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Subscription(models.Model):
    """A subscription as the provider's newest word has it; `version` is how new that is."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer_id = models.UUIDField()
    checkout = models.OneToOneField(Checkout, on_delete=models.PROTECT)
    product = models.ForeignKey(Product, on_delete=models.PROTECT)
    provider = models.CharField(max_length=10)
    provider_ref = models.CharField(max_length=120)
    state = models.CharField(max_length=10)
    version = models.BigIntegerField()
    started_at = models.DateTimeField()
    period_start = models.DateTimeField()
    period_end = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    cancel_wanted = models.CharField(max_length=3, blank=True, help_text="end or now.")
    trial_of = models.UUIDField(null=True, help_text="Whose one trial this is.")
    looked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "provider_ref"], name="billing_subscription_ref"
            ),
            models.UniqueConstraint(fields=["trial_of"], name="billing_trial_once"),
        ]
        indexes = [
            models.Index(fields=["customer_id", "-started_at"], name="billing_subscription_mine"),
            models.Index(fields=["state", "looked_at"], name="billing_subscription_sweep"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Entitlement(models.Model):
    """What a customer may use of a feature; locked before its sources change."""

    customer_id = models.UUIDField()
    feature = models.CharField(max_length=20)
    until = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer_id", "feature"], name="billing_entitlement_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.feature} of {self.customer_id}"


class EntitlementSource(models.Model):
    """Why, and from when to when."""

    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="sources")
    source = models.CharField(max_length=100)
    kind = models.CharField(max_length=12, help_text="subscription, voucher, gift or goodwill.")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entitlement", "source"], name="billing_entitled_once")
        ]

    def __str__(self) -> str:
        return self.source


class InvoiceCounter(models.Model):
    """The last number of a legal entity in a year; locked while the next is taken."""

    entity = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "year"], name="billing_counter_once")
        ]

    def __str__(self) -> str:
        return f"{self.entity}-{self.year}: {self.last}"


class Invoice(FinalRow):
    """What was paid for, for good. The buyer is an id: the name is the profile's, while it is."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entity = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    number = models.CharField(max_length=30)
    customer_id = models.UUIDField()
    cause = models.CharField(max_length=160)
    issued_at = models.DateTimeField()
    product = models.CharField(max_length=40)
    description = models.CharField(max_length=200)
    period_start = models.DateTimeField(null=True)
    period_end = models.DateTimeField(null=True)
    currency = models.CharField(max_length=3)
    net_minor = models.BigIntegerField()
    tax_minor = models.BigIntegerField()
    gross_minor = models.BigIntegerField()
    tax_basis_points = models.PositiveIntegerField()
    country = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=35)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "year", "sequence"], name="billing_invoice_gapless"
            ),
            models.UniqueConstraint(fields=["cause"], name="billing_invoice_once"),
            models.CheckConstraint(
                condition=models.Q(gross_minor=models.F("net_minor") + models.F("tax_minor")),
                name="billing_invoice_adds_up",
            ),
        ]
        indexes = [models.Index(fields=["customer_id", "-issued_at"], name="billing_invoice_mine")]

    def __str__(self) -> str:
        return self.number


class Webhook(models.Model):
    """What a provider told, stored before anything is done about it.

    Of the body only what names the event and its object is kept: no person's data.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    provider = models.CharField(max_length=10)
    event_ref = models.CharField(max_length=120)
    kind = models.CharField(max_length=60, help_text="In the provider's own words.")
    about = models.CharField(max_length=12, help_text="checkout, subscription, charge or none.")
    object_ref = models.CharField(max_length=120, blank=True)
    body_sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=8, help_text="stored, done, ignored or failed.")
    reason = models.CharField(max_length=60, blank=True)
    handled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "event_ref"], name="billing_webhook_once")
        ]
        indexes = [models.Index(fields=["state", "received_at"], name="billing_webhook_sweep")]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_ref}"

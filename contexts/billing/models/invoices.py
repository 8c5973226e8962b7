"""Invoices and the counters of their numbers."""

from django.db import models

from contexts.billing.models.ledger import FinalRow
from contexts.shared.kernel import new_id


class InvoiceCounter(models.Model):
    """The last number of a seller in a year. Its lock guards the next number."""

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
    """An invoice, which never changes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entity = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    number = models.CharField(max_length=30)
    customer_id = models.UUIDField()
    cause = models.CharField(max_length=160)
    corrects = models.CharField(
        max_length=30, blank=True, db_default="", help_text="The number that it takes back."
    )
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


class InvoiceBuyer(models.Model):
    """The buyer as the invoice names them, apart from the row that never changes.

    The law has it kept with the invoice, also after an erasure.
    """

    invoice = models.OneToOneField(Invoice, on_delete=models.PROTECT, related_name="buyer")
    name = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=300, blank=True)
    seller_tax_id = models.CharField(max_length=40, blank=True, help_text="At that time.")

    def __str__(self) -> str:
        return self.name


class InvoiceEvidence(models.Model):
    """Evidence of the country that an invoice is taxed in. The law has it kept, as the buyer is."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=20)
    country = models.CharField(max_length=2)
    source = models.CharField(max_length=120, help_text="Where it was seen.")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invoice", "kind"], name="billing_invoice_proof_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.country}"

"""Vouchers and their uses."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contexts.billing.domain.vouchers import MOST_DAYS, faults, normalized

_CODE = RegexValidator(
    r"^[A-Z0-9-]{4,40}$", _("A code has 4 to 40 letters from A to Z, digits and hyphens.")
)


class Voucher(models.Model):
    """An amount off a price, or free days. The code is stored in upper case."""

    KINDS = [("percent", "percent"), ("fixed", "fixed"), ("free_days", "free days")]

    code = models.CharField(primary_key=True, max_length=40, validators=[_CODE])
    kind = models.CharField(max_length=10, choices=KINDS)
    percent = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(100)])
    minor = models.BigIntegerField(
        default=0, validators=[MinValueValidator(0)], help_text="Off the price, in minor units."
    )
    currency = models.CharField(max_length=3, blank=True)
    days = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(MOST_DAYS)])
    max_uses = models.PositiveIntegerField(default=1, validators=[MinValueValidator(1)])
    used = models.PositiveIntegerField(default=0, editable=False)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(used__lte=F("max_uses")),
                name="billing_voucher_uses",
                violation_error_message=_("It was used more often already."),
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="billing_voucher_percent"),
            models.CheckConstraint(
                condition=Q(minor__gte=0, max_uses__gte=1, days__lte=MOST_DAYS),
                name="billing_voucher_amounts",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="billing_voucher_dates",
                violation_error_message=_("A voucher must end after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def clean_fields(self, exclude: Any = None) -> None:
        self.code, self.currency = normalized(self.code), self.currency.strip().upper()
        super().clean_fields(exclude=exclude)

    def clean(self) -> None:
        found = faults(
            kind=self.kind,
            percent=self.percent or 0,
            minor=self.minor or 0,
            currency=self.currency,
            days=self.days or 0,
        )
        if found:
            raise ValidationError(dict(found))


class VoucherUse(models.Model):
    """A person's use of a voucher. `checkout` is null for free days."""

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="uses")
    customer_id = models.UUIDField(db_index=True)
    checkout = models.ForeignKey(
        "billing.Checkout", on_delete=models.PROTECT, null=True, related_name="voucher_uses"
    )
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voucher", "customer_id"], name="billing_voucher_once")
        ]

    def __str__(self) -> str:
        return f"{self.voucher_id} by {self.customer_id}"

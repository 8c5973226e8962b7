"""The shapes of requests and responses. Responses are rendered from DTOs; these describe them."""

from contexts.shared.http import serializers

_MINOR = "In minor units of the currency."
_HUNDREDTHS = "In hundredths of a lesson credit."
LONGEST_CODE = 40


class PriceSerializer(serializers.Serializer):
    product = serializers.CharField()
    kind = serializers.ChoiceField(["subscription", "credits"])
    name = serializers.CharField()
    amount = serializers.IntegerField(help_text=f"{_MINOR} Tax is included.")
    currency = serializers.CharField(help_text="ISO 4217.")
    months = serializers.IntegerField(help_text="Of a subscription's period.")
    trial_days = serializers.IntegerField()
    credits = serializers.IntegerField(help_text="Lessons in a pack.")
    expires_days = serializers.IntegerField(allow_null=True)


class PricesSerializer(serializers.Serializer):
    results = PriceSerializer(many=True)


class GrantSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(["purchased", "gift", "promotional"])
    granted = serializers.IntegerField(help_text=_HUNDREDTHS)
    available = serializers.IntegerField(help_text=_HUNDREDTHS)
    held = serializers.IntegerField(help_text=_HUNDREDTHS)
    expires_at = serializers.DateTimeField(allow_null=True)
    granted_at = serializers.DateTimeField()


class WalletSerializer(serializers.Serializer):
    available = serializers.IntegerField(help_text=_HUNDREDTHS)
    held = serializers.IntegerField(help_text=f"{_HUNDREDTHS} For lessons that are booked.")
    bookable = serializers.IntegerField(help_text="Whole lessons that can be booked now.")
    grants = GrantSerializer(many=True)


class MovementSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    kind = serializers.CharField()
    part = serializers.ChoiceField(["available", "held"])
    amount = serializers.IntegerField(help_text=f"{_HUNDREDTHS} Below 0 it left.")
    occurred_at = serializers.DateTimeField()


class SourceSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(["subscription", "voucher", "gift", "goodwill"])
    id = serializers.CharField()
    since = serializers.DateTimeField()
    until = serializers.DateTimeField()
    state = serializers.CharField(help_text="A subscription's state, or granted.")

    def get_fields(self) -> dict[str, serializers.Field]:
        # `from` is a word of Python's.
        fields = super().get_fields()
        return {"from" if name == "since" else name: field for name, field in fields.items()}


class EntitlementSerializer(serializers.Serializer):
    active = serializers.BooleanField()
    until = serializers.DateTimeField(allow_null=True)
    sources = SourceSerializer(many=True)


class EntitlementsSerializer(serializers.Serializer):
    premium = EntitlementSerializer()


class CheckoutSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    product = serializers.CharField()
    voucher = serializers.CharField(allow_null=True)
    status = serializers.ChoiceField(["begun", "open", "fulfilled", "expired", "disputed"])
    price = serializers.IntegerField(help_text=f"{_MINOR} Before the voucher.")
    amount = serializers.IntegerField(help_text=f"{_MINOR} What is paid.")
    currency = serializers.CharField(help_text="ISO 4217.")
    url = serializers.CharField(help_text="Where to pay; empty where there is nothing to pay.")
    created_at = serializers.DateTimeField()


class BuySerializer(serializers.Serializer):
    product = serializers.CharField(max_length=LONGEST_CODE)
    voucher = serializers.CharField(max_length=LONGEST_CODE, required=False, default=None)
    trial = serializers.BooleanField(required=False, default=False)


class RedeemSerializer(serializers.Serializer):
    code = serializers.CharField(max_length=LONGEST_CODE)


class SubscriptionSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    product = serializers.CharField()
    status = serializers.ChoiceField(["trialing", "active", "past_due", "canceled", "expired"])
    started_at = serializers.DateTimeField()
    period_start = serializers.DateTimeField()
    period_end = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    canceling = serializers.BooleanField()


class InvoiceSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    number = serializers.CharField()
    issued_at = serializers.DateTimeField()
    product = serializers.CharField()
    description = serializers.CharField()
    currency = serializers.CharField(help_text="ISO 4217.")
    net = serializers.IntegerField(help_text=_MINOR)
    tax = serializers.IntegerField(help_text=_MINOR)
    gross = serializers.IntegerField(help_text=_MINOR)
    tax_basis_points = serializers.IntegerField(help_text="Hundredths of a percent.")
    country = serializers.CharField(help_text="ISO 3166-1, or empty.")
    period_start = serializers.DateTimeField(allow_null=True)
    period_end = serializers.DateTimeField(allow_null=True)


class TakenSerializer(serializers.Serializer):
    received = serializers.BooleanField()

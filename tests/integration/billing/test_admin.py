"""Bookkeepers read the books, change none of them, and may have a webhook acted on again."""

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from contexts.billing.models import Invoice, LedgerEntry, Voucher, Wallet, Webhook
from contexts.identity import api as identity
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.models import StoredEvent
from tests.factories.billing import (
    CustomerFactory,
    VoucherFactory,
    credits_for,
    requoted,
    subscribed,
)
from tests.factories.identity import UserFactory

User = get_user_model()

pytestmark = pytest.mark.django_db
WEBHOOKS = "admin:billing_webhook_changelist"


def staff(role: str) -> Client:
    user = UserFactory()
    identity.grant_role(user_id=user.pk, role=role, now=now())
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


@pytest.fixture
def webhook() -> Webhook:
    return Webhook.objects.create(
        provider="sandbox",
        event_ref="evt_1",
        kind="checkout.completed",
        about="checkout",
        object_ref="cs_1",
        body_sha256="0" * 64,
        received_at=now(),
        state="ignored",
        reason="unknown_object",
        handled_at=now(),
    )


def act_again(client: Client, webhook: Webhook) -> int:
    form = {"action": "act_again", "_selected_action": [str(webhook.pk)]}
    return client.post(reverse(WEBHOOKS), form).status_code


class TestAWebhook:
    @pytest.mark.parametrize("role", ["finance", "admin"])
    def test_is_acted_on_again_by_bookkeepers(self, webhook: Webhook, role: str) -> None:
        assert act_again(staff(role), webhook) == 302

        assert Webhook.objects.get().state == "stored"
        assert StoredEvent.objects.filter(name="billing.webhook_received.v1").count() == 1

    def test_is_not_acted_on_by_support(self, webhook: Webhook) -> None:
        act_again(staff("support"), webhook)

        assert Webhook.objects.get().state == "ignored"
        assert not StoredEvent.objects.filter(name="billing.webhook_received.v1").exists()


class TestAPurchaseWithANewPrice:
    def test_shows_both_prices_and_the_evidence(self) -> None:
        customer = CustomerFactory()
        requoted(customer.pk, checkout_id=(checkout_id := new_id()))

        page = staff("finance").get(reverse("admin:billing_checkout_change", args=[checkout_id]))

        html = page.content.decode()
        assert "ES: 15.00 EUR" in html
        assert "GB: 13.00 GBP" in html
        assert "billing_address" in html

    def test_leaves_its_evidence_with_the_invoice(self) -> None:
        customer = CustomerFactory()
        subscribed(customer.pk, subscription_id=new_id())
        invoice = Invoice._default_manager.get()

        page = staff("finance").get(reverse("admin:billing_invoice_change", args=[invoice.pk]))

        html = page.content.decode()
        assert [kind in html for kind in ("profile", "card", "billing_address")] == [True] * 3


class TestTheLedger:
    def test_can_be_read_but_not_changed(self) -> None:
        credits_for(new_id(), 1)
        client, entry = staff("finance"), LedgerEntry.objects.first()
        assert entry is not None
        page = reverse("admin:billing_ledgerentry_change", args=[entry.pk])

        assert client.get(page).status_code == 200
        assert client.post(page, {"minor": 1}).status_code == 403
        assert client.get(reverse("admin:billing_ledgerentry_add")).status_code == 403
        assert LedgerEntry.objects.get(pk=entry.pk).minor == entry.minor


VOUCHER = {
    "code": "welcome",
    "kind": "percent",
    "percent": 10,
    "minor": 0,
    "currency": "",
    "days": 0,
    "max_uses": 5,
    "valid_from_0": "2026-01-01",
    "valid_from_1": "00:00",
    "valid_until_0": "",
    "valid_until_1": "",
    "uses-TOTAL_FORMS": 0,
    "uses-INITIAL_FORMS": 0,
}


class TestVouchers:
    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"percent": 150}, "percent"),
            ({"percent": 0}, "percent"),
            ({"percent": -1}, "percent"),
            ({"max_uses": 0}, "max_uses"),
            ({"max_uses": -1}, "max_uses"),
            ({"kind": "fixed", "minor": -500, "currency": "EUR"}, "minor"),
            ({"kind": "fixed", "minor": 0, "currency": "EUR"}, "minor"),
            ({"kind": "fixed", "minor": 500, "currency": "XYZ"}, "currency"),
            ({"kind": "fixed", "minor": 500}, "currency"),
            ({"kind": "free_days", "days": 3_000_000}, "days"),
            ({"kind": "free_days", "days": 32_000}, "days"),
            ({"kind": "free_days", "days": 0}, "days"),
            ({"kind": "something"}, "kind"),
            ({"code": "a b"}, "code"),
            ({"code": "ab"}, "code"),
            ({"valid_until_0": "2025-12-31", "valid_until_1": "00:00"}, "__all__"),
        ],
    )
    def test_that_make_no_sense_are_refused_by_field(
        self, changes: dict[str, object], field: str
    ) -> None:
        form = {**VOUCHER, **changes}

        response = staff("admin").post(reverse("admin:billing_voucher_add"), form)

        assert response.status_code == 200
        assert field in response.context["adminform"].form.errors
        assert not Voucher.objects.exists()

    def test_never_replace_one_another(self) -> None:
        VoucherFactory(code="WELCOME", percent=90)

        response = staff("admin").post(reverse("admin:billing_voucher_add"), VOUCHER)

        assert "code" in response.context["adminform"].form.errors
        assert Voucher.objects.get().percent == 90

    @pytest.mark.parametrize("changes", [{"minor": -1}, {"max_uses": 0}, {"days": 4_000}])
    def test_are_kept_sane_by_the_database(self, changes: dict[str, int]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic(using=alias_of("billing")):
            VoucherFactory(**changes)

    def test_are_stored_in_capitals(self) -> None:
        response = staff("admin").post(reverse("admin:billing_voucher_add"), VOUCHER)

        assert response.status_code == 302
        assert Voucher.objects.get().code == "WELCOME"


class TestAddingUp:
    @pytest.mark.parametrize("role", ["finance", "admin"])
    def test_is_for_bookkeepers(self, role: str) -> None:
        credits_for(new_id(), 2)

        page = staff(role).get("/admin/billing/ledgeraccount/add-up/", follow=True)

        assert "Everything adds up." in page.content.decode()

    def test_shows_the_sums_that_are_off(self) -> None:
        wallet_id = new_id()
        credits_for(wallet_id, 2)
        Wallet.objects.filter(pk=wallet_id).update(available=999)

        page = staff("finance").get("/admin/billing/ledgeraccount/add-up/", follow=True).content

        assert "off by" in page.decode()
        assert "Everything adds up." not in page.decode()

    def test_is_not_for_support(self) -> None:
        assert staff("support").get("/admin/billing/ledgeraccount/add-up/").status_code == 403

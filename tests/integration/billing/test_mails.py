"""Mails about money, as buyers read them."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from busuu.sandbox import models as vendor
from contexts.billing import api
from contexts.billing.models import Invoice, Quote, Subscription
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.kernel import new_id, now
from contexts.shared.mailing.models import Mail
from contexts.shared.mailing.sending import send_due
from tests.factories.billing import (
    AMERICAN_CARD,
    FAILING_CARD,
    CustomerFactory,
    bought,
    past_due,
    pay,
    subscribed,
)
from tests.factories.identity import UserFactory
from tests.integration.billing.outcomes import sweep

# Sending an invoice typesets it, which runs outside transactions.
pytestmark = pytest.mark.django_db(transaction=True)

Deliver = Callable[[], int]
Outbox = Callable[[], dict[str, EmailMessage]]


@pytest.fixture
def buyer() -> Any:
    user: Any = UserFactory(
        interface_language="en", country="ES", time_zone="Europe/Madrid", display_name="Ana Buyer"
    )
    CustomerFactory(id=user.pk, display_name="Ana Buyer", interface_language="en")
    return user


@pytest.fixture
def outbox(mailoutbox: list[EmailMessage], deliver: Deliver) -> Outbox:
    """Return a function that delivers, sends, and returns the new mails by their subject."""

    def read() -> dict[str, EmailMessage]:
        deliver()
        # Some tests act at a later time than the present one.
        Mail.objects.using(alias_of("billing")).update(due_at=now())
        send_due()
        mails = {mail.subject: mail for mail in mailoutbox}
        assert len(mails) == len(mailoutbox)
        mailoutbox.clear()
        return mails

    return read


class TestAReceipt:
    def test_comes_with_the_invoice_as_pdf(self, buyer: Any, outbox: Outbox) -> None:
        pay(bought(buyer.pk))
        sweep()

        [(subject, mail)] = outbox().items()

        number = Invoice.objects.get().number
        [(name, content, kind)] = mail.attachments
        assert subject == f"Your receipt: {number}"
        assert "You paid 70.00 EUR for: " in mail.body
        assert mail.to == [buyer.email]
        assert (name, kind) == (f"{number}.pdf", "application/pdf")
        assert content.startswith(b"%PDF-")

    def test_is_mailed_once_however_often_the_payment_is_seen(
        self, buyer: Any, outbox: Outbox
    ) -> None:
        pay(bought(buyer.pk))
        for hours in range(3):
            sweep(timedelta(hours=hours))

        assert len(outbox()) == 1
        assert outbox() == {}

    def test_is_not_mailed_for_a_trial(self, buyer: Any, outbox: Outbox) -> None:
        pay(bought(buyer.pk, "premium-monthly", trial=True))
        sweep()

        assert outbox() == {}

    def test_of_another_person_is_not_attached(self, buyer: Any, outbox: Outbox) -> None:
        pay(bought(buyer.pk))
        sweep()
        other: Any = UserFactory()
        Mail.objects.using(alias_of("billing")).update(person_id=other.pk)

        assert outbox() == {}


class TestARenewalThatFails:
    def _fail(self, buyer: Any) -> UUID:
        pay(bought(buyer.pk, "premium-monthly"), FAILING_CARD)
        sweep()
        sweep(Subscription.objects.get().period_end - now() + timedelta(days=1))
        return UUID(str(Subscription.objects.get().pk))

    def test_is_told_with_the_way_to_pay(self, buyer: Any, outbox: Outbox) -> None:
        subscription_id = self._fail(buyer)

        mail = outbox()["Your renewal could not be paid"]

        assert f"/billing/subscriptions/{subscription_id}/due" in mail.body

    def test_is_not_told_once_it_is_paid(self, buyer: Any, outbox: Outbox, deliver: Any) -> None:
        self._fail(buyer)
        Subscription.objects.update(state="active")

        assert "Your renewal could not be paid" not in outbox()


class TestACancellation:
    def test_is_confirmed_with_the_last_day(self, buyer: Any, outbox: Outbox) -> None:
        subscribed(buyer.pk, subscription_id=(subscription_id := new_id()))
        outbox()

        api.ask_to_cancel(subscription_id=subscription_id, customer_id=buyer.pk, now=now())

        mail = outbox()["Your subscription ends"]
        end = Subscription.objects.get().period_end.astimezone(ZoneInfo("Europe/Madrid"))
        assert f"{end.day}, {end.year}" in mail.body
        assert "no more money is taken" in mail.body

    def test_at_once_is_confirmed(self, buyer: Any, outbox: Outbox) -> None:
        subscribed(buyer.pk, subscription_id=new_id())
        outbox()
        Subscription.objects.update(state="expired", ended_at=now())
        about = Subscription.objects.get().pk

        api.mail_customer("subscription_ends", customer_id=buyer.pk, about=about, now=now())

        assert "has ended" in outbox()["Your subscription has ended"].body

    def test_that_was_withdrawn_is_not_confirmed(self, buyer: Any, outbox: Outbox) -> None:
        subscribed(buyer.pk, subscription_id=(subscription_id := new_id()))
        outbox()
        api.ask_to_cancel(subscription_id=subscription_id, customer_id=buyer.pk, now=now())
        api.resume_subscription(subscription_id=subscription_id, customer_id=buyer.pk, now=now())

        assert outbox() == {}


class TestASecondPurchase:
    def test_is_told_as_a_refund_and_not_as_a_cancellation(
        self, buyer: Any, outbox: Outbox
    ) -> None:
        for page in [bought(buyer.pk, name) for name in ("premium-monthly", "premium-yearly")]:
            pay(page)
        sweep()
        sweep(timedelta(hours=2))

        mails = outbox()

        kinds = sorted(subject.split(":")[0] for subject in mails)
        assert kinds == ["You get your money back", "Your credit note", *["Your receipt"] * 2]
        assert "You get 69.99 EUR." in mails["You get your money back"].body
        [credit_note] = [mail for subject, mail in mails.items() if "credit note" in subject]
        taken_back = Invoice.objects.exclude(corrects="").get()
        assert f"the invoice {taken_back.corrects} over 69.99 EUR" in credit_note.body


class TestThePageOfWhatIsDue:
    def _page(self, buyer: Any, subscription_id: UUID, *, way: str = "", **more: Any) -> Any:
        client = Client(**more)
        client.force_login(buyer)
        return client.get(f"/billing/subscriptions/{subscription_id}/due{way}")

    def test_leads_to_the_provider(self, buyer: Any) -> None:
        subscribed(buyer.pk, subscription_id=(subscription_id := new_id()))
        past_due(subscription_id)

        page = self._page(buyer, subscription_id).content.decode()
        way = self._page(buyer, subscription_id, way="/payment")

        assert f"/billing/subscriptions/{subscription_id}/due/payment" in page
        assert way.status_code == 302
        assert "/sandbox/" in way["Location"]

    def test_says_if_nothing_is_due(self, buyer: Any) -> None:
        subscribed(buyer.pk, subscription_id=(subscription_id := new_id()))

        page = self._page(buyer, subscription_id)
        way = self._page(buyer, subscription_id, way="/payment")

        assert "Nothing is due." in page.content.decode()
        assert (way.status_code, 'role="alert"' in way.content.decode()) == (409, True)

    def test_of_others_is_not_found(self, buyer: Any) -> None:
        subscribed(buyer.pk, subscription_id=(subscription_id := new_id()))
        stranger: Any = UserFactory()

        found = [self._page(stranger, subscription_id, way=way) for way in ("", "/payment")]

        assert [page.status_code for page in found] == [404, 404]

    def test_asks_to_sign_in(self) -> None:
        answer = Client().get(f"/billing/subscriptions/{new_id()}/due")

        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/sign-in?next=/billing/")


class TestANewPrice:
    def _requoted(self, buyer: Any) -> Any:
        checkout = bought(buyer.pk)
        pay(checkout, AMERICAN_CARD)
        sweep()
        return checkout

    @pytest.mark.parametrize(
        ("language", "subject", "text"),
        [
            ("en", "Your purchase waits for your decision", "75.00 USD instead of 70.00 EUR"),
            ("es", "Tu compra espera tu decisión", "75,00 USD en lugar de 70,00 EUR"),
        ],
    )
    def test_is_mailed_with_the_old_one(
        self, buyer: Any, outbox: Outbox, language: str, subject: str, text: str
    ) -> None:
        buyer.interface_language = language
        buyer.save()
        checkout = self._requoted(buyer)

        mail = outbox()[subject]

        assert text in mail.body
        assert f"/billing/checkouts/{checkout.pk}" in mail.body

    @pytest.mark.parametrize(
        ("language", "subject", "reason"),
        [
            (
                "en",
                "Your purchase waits for your decision",
                "Your billing address is in another country than the one of your price.",
            ),
            (
                "es",
                "Tu compra espera tu decisión",
                "Tu dirección de facturación está en un país distinto del de tu precio.",
            ),
        ],
    )
    def test_for_a_billing_address_does_not_blame_the_card(
        self, buyer: Any, outbox: Outbox, language: str, subject: str, reason: str
    ) -> None:
        buyer.interface_language = language
        buyer.save()
        checkout = bought(buyer.pk)
        pay(checkout, AMERICAN_CARD)
        vendor.Session.objects.update(card_country="", billing_country="US")
        sweep()

        mail = outbox()[subject]
        html = str(mail.alternatives[0][0])

        assert Quote.objects.get().reason == "billing_address"
        assert reason in mail.body
        assert reason in html
        assert not re.search(r"card|tarjeta", mail.body)
        assert "(Europe/Madrid)" in mail.body
        assert "(Europe/Madrid)" in html

    def test_is_not_mailed_once_it_was_decided(self, buyer: Any, outbox: Outbox) -> None:
        checkout = self._requoted(buyer)
        api.give_up_checkout(checkout_id=checkout.pk, customer_id=buyer.pk, now=now())

        assert outbox() == {}

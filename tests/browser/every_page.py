"""Every page with the way to each of its states, and the routes without a page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.test import Client, override_settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from contexts.shared.kernel import new_id, now
from tests.factories.billing import (
    DECLINED_CARD,
    GOOD_CARD,
    CustomerFactory,
    bought,
    past_due,
    pay,
    requoted,
    subscribed,
)
from tests.factories.courses import published_course
from tests.factories.identity import (
    TERMS,
    UserFactory,
    address_token,
    enrollment_token,
    reset_token,
    verification_token,
)
from tests.factories.tutoring import LessonFactory, PersonFactory, approved_tutor, learner_with
from tests.integration.identity.authenticator import Phone

User = get_user_model()

# Routes without a page, each with its answer.
NO_PAGE = {
    "account-address": "shows the account",
    "account-consents": "shows the account",
    "account-end-others": "leads back to the account",
    "account-end-session": "leads back to the account",
    "account-export": "a ZIP",
    "account-password": "shows the account",
    "account-another-phone": "leads to an enrollment",
    "account-recovery-codes": "tests/browser/test_second_factors.py opens it",
    "account-request-export": "leads back to the account",
    "account-sign-out": "leads to the sign-in",
    "calendar-feed": "iCalendar",
    "checkout-abandon": "leads back to the checkout",
    "checkout-confirm": "leads back to the checkout",
    "due-payment": "leads to the provider",
    "favicon.ico": "an image",
    "openapi": "a schema",
    "lesson-room-answer": "leads back to the lesson",
    "lesson-room-entry": "leads to the room",
    "sandbox-due": "the page of a payment, for what is due",
    "sandbox-events": "JSON",
    "staff-password": "leads to the account",
    "sandbox-send": "JSON",
    "stream": "server-sent events",
    "tutoring-act": "leads back to the desk",
    "tutoring-room": "leads to the room",
    "tutoring-sign-out": "leads to the sign-in",
}


def signed_in(page: Page, server: Any, person: User) -> None:
    client = Client()
    client.force_login(person)
    cookie: Any = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    page.context.add_cookies([{**cookie, "url": server.url}])


def _tutor(page: Page, server: Any) -> None:
    tutor = UserFactory(roles=("tutor",))
    approved_tutor(tutor.pk)
    learner_id: UUID = learner_with(3, PersonFactory(display_name="Leo").pk)
    for days in (-1, 1, 3):
        starts_at = now() + timedelta(days=days)
        LessonFactory(tutor_id=tutor.pk, learner_id=learner_id, starts_at=starts_at)
    signed_in(page, server, tutor)


def _reported(page: Page, server: Any) -> None:
    _room(
        page,
        server,
        state="reported",
        absent="learner",
        starts_at=now() - timedelta(hours=2),
        decides_at=now() + timedelta(days=1),
    )
    expect(page.get_by_role("button", name="I was there")).to_be_visible()


def _room(page: Page, server: Any, **lesson: Any) -> None:
    learner = UserFactory()
    learner_id = learner_with(3, PersonFactory(id=learner.pk).pk)
    tutor_id = approved_tutor(UserFactory(roles=("tutor",)).pk)
    lesson.setdefault("starts_at", now() + timedelta(days=1))
    row = LessonFactory(tutor_id=tutor_id, learner_id=learner_id, **lesson)
    signed_in(page, server, learner)
    _open("lesson-room", lesson=row.pk)(page, server)


def _open(name: str, **path: Any) -> Callable[[Page, Any], None]:
    def opened(page: Page, server: Any) -> None:
        page.goto(server.url + reverse(name, kwargs=path))

    return opened


def _start(page: Page, server: Any) -> None:
    published_course()
    _open("start")(page, server)


def _docs(page: Page, server: Any) -> None:
    _open("api-docs")(page, server)
    expect(page.locator(".opblock").first).to_be_visible(timeout=20_000)


def _verify(page: Page, server: Any) -> None:
    token = verification_token(UserFactory(verified=False))
    _open("verify-page", token=token)(page, server)


def _reset(page: Page, server: Any) -> None:
    _open("reset-page", token=reset_token(UserFactory()))(page, server)


def _enroll(page: Page, server: Any) -> None:
    _open("enroll-page", token=enrollment_token(UserFactory(is_staff=True)))(page, server)
    expect(page.get_by_role("img", name="QR code")).to_be_visible()


def _second_factor(page: Page, server: Any) -> None:
    signed_in(page, server, User.objects.get(pk=Phone().user.pk))
    _open("second-factor")(page, server)
    expect(page.get_by_label("Code of your app")).to_be_visible()


def _no_second_factor(page: Page, server: Any) -> None:
    with override_settings(DEVELOPMENT=False):
        signed_in(page, server, UserFactory(is_staff=True))
        _open("second-factor")(page, server)
        expect(page.get_by_text("you have none yet")).to_be_visible()


def _again(page: Page, server: Any) -> None:
    user = UserFactory(verified=False, registered_again=True)
    _open("verify-page", token=verification_token(user))(page, server)


def _address(page: Page, server: Any) -> None:
    _open("address-page", token=address_token(UserFactory()))(page, server)


def _account(page: Page, server: Any) -> None:
    signed_in(page, server, UserFactory())
    _open("account")(page, server)


def _agree(page: Page, server: Any) -> None:
    signed_in(page, server, UserFactory(agreed=""))
    _open("account")(page, server)
    expect(page.get_by_role("heading", level=1)).to_have_text("Our terms of use")


def _sign_up_refused(page: Page, server: Any) -> None:
    _open("account-sign-up")(page, server)
    page.get_by_role("button", name="Create the account").click()
    expect(page.locator(".errorlist").first).to_be_visible()


def _desk(name: str) -> Callable[[Page, Any], None]:
    def opened(page: Page, server: Any) -> None:
        _tutor(page, server)
        _open(name)(page, server)

    return opened


def _no_desk(page: Page, server: Any) -> None:
    signed_in(page, server, UserFactory())
    _open("tutoring-home")(page, server)


def _payment(page: Page, server: Any) -> Any:
    checkout = bought(CustomerFactory().pk)
    _open("sandbox-page", session=checkout.provider_ref)(page, server)
    return checkout


def _give(page: Page, card: str) -> None:
    page.get_by_label("Card").select_option(card.replace(" ", ""))
    page.get_by_role("button", name="Pay").click()
    expect(page.locator("[role=alert], [role=status]").first).to_be_visible()


def _paid(page: Page, server: Any) -> None:
    checkout = _payment(page, server)
    pay(checkout)
    page.reload()


def _declined(page: Page, server: Any) -> None:
    _payment(page, server)
    _give(page, DECLINED_CARD)


def _closed(page: Page, server: Any) -> None:
    checkout = _payment(page, server)
    pay(checkout)
    _give(page, GOOD_CARD)


def _due(page: Page, server: Any) -> None:
    buyer = UserFactory()
    CustomerFactory(id=buyer.pk)
    subscribed(buyer.pk, subscription_id=(subscription_id := new_id()))
    past_due(subscription_id)
    signed_in(page, server, buyer)
    _open("due-page", subscription=subscription_id)(page, server)
    expect(page.get_by_role("link", name="Go to the payment page")).to_be_visible()


def _checkout(page: Page, server: Any) -> None:
    _open("checkout-page", checkout=bought(CustomerFactory().pk).pk)(page, server)


def _requoted(page: Page, server: Any) -> None:
    buyer = CustomerFactory()
    requoted(buyer.pk, checkout_id=(checkout_id := new_id()))
    _open("checkout-page", checkout=checkout_id)(page, server)
    expect(page.get_by_role("button", name="Buy nothing")).to_be_visible()


PAGES: dict[str, dict[str, Callable[[Page, Any], Any]]] = {
    "start": {"": _start},
    "api-docs": {"": _docs},
    "verify-page": {
        "": _verify,
        "too old": _open("verify-page", token="wrong"),
        "asks for the password": _again,
    },
    "address-page": {"": _address, "too old": _open("address-page", token="wrong")},
    "account": {"": _account},
    "account-agree": {"": _agree},
    "account-sign-up": {"": _open("account-sign-up"), "refused": _sign_up_refused},
    "terms": {"": _open("terms")},
    "terms-version": {"": _open("terms-version", version=TERMS)},
    "terms-language": {"": _open("terms-language", version=TERMS, language="es")},
    "privacy": {"": _open("privacy")},
    "privacy-version": {"": _open("privacy-version", version=TERMS)},
    "privacy-language": {"": _open("privacy-language", version=TERMS, language="es")},
    "account-sign-in": {"": _open("account-sign-in")},
    "staff-sign-in": {"": _open("staff-sign-in")},
    "reset-page": {"": _reset},
    "enroll-page": {"": _enroll, "too old": _open("enroll-page", token="wrong")},
    "second-factor": {"": _second_factor, "none": _no_second_factor},
    "tutoring-home": {"": _desk("tutoring-home"), "no tutor": _no_desk},
    "tutoring-requests": {"": _desk("tutoring-requests")},
    "tutoring-week": {"": _desk("tutoring-week")},
    "tutoring-hours": {"": _desk("tutoring-hours")},
    "tutoring-profile": {"": _desk("tutoring-profile")},
    "tutoring-leave": {"": _desk("tutoring-leave")},
    "tutoring-sign-in": {"": _open("tutoring-sign-in")},
    "lesson-room": {"": _room, "reported": _reported},
    "checkout-page": {"": _checkout, "requoted": _requoted},
    "due-page": {"": _due},
    "sandbox-page": {"": _payment, "paid": _paid, "declined": _declined, "closed": _closed},
}


# Rules that pages of other packages break, each with the reason to leave it.
NOT_OURS = {
    "api-docs": {
        "color-contrast": "Swagger UI paints its operations so",
        "select-name": "Swagger UI does not name its list of servers",
        "nested-interactive": "Swagger UI puts links into the buttons that open an operation",
    }
}

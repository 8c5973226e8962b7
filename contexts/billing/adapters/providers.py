"""The payment provider that the settings name."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string

from contexts.billing.adapters.stripe.library import is_installed
from contexts.billing.adapters.stripe.provider import StripeProvider
from contexts.billing.application.providers import Provider
from contexts.billing.domain.checkouts import PaymentsUnavailable
from contexts.shared.kernel import NotFound


class UnknownProvider(NotFound):
    code = "unknown_provider"
    message = "This payment provider is not in use."


def chosen() -> str:
    """Return its name, or an empty string if nobody takes money here."""
    named = str(settings.BILLING["PROVIDER"])
    return named or ("sandbox" if settings.DEVELOPMENT else "")


def current() -> Provider:
    """Return the provider of new purchases. Raises PaymentsUnavailable if there is none."""
    try:
        return named(chosen())
    except UnknownProvider:
        raise PaymentsUnavailable from None


def named(name: str) -> Provider:
    """Return a provider by name. Raises UnknownProvider if it is not in use here."""
    if name == "sandbox" and settings.DEVELOPMENT:
        sandbox: Provider = import_string(settings.BILLING["SANDBOX"])()
        return sandbox
    if name == "stripe" and name == chosen():
        return StripeProvider(
            key=settings.BILLING["STRIPE_KEY"],
            secret=settings.BILLING["STRIPE_WEBHOOK_SECRET"],
            address=settings.BILLING["STRIPE_ADDRESS"],
        )
    raise UnknownProvider


@register()
def payment_provider(**kwargs: Any) -> Sequence[CheckMessage]:
    """Refuse the sandbox outside development, and Stripe without its keys or library."""
    name = chosen()
    if name == "sandbox" and not settings.DEVELOPMENT:
        return [Error("the sandbox takes payments outside development", id="billing.E001")]
    if name not in {"", "sandbox", "stripe"}:
        return [Error(f"no payment provider is called {name}", id="billing.E002")]
    if name != "stripe":
        return []
    missing = [one for one in ("STRIPE_KEY", "STRIPE_WEBHOOK_SECRET") if not settings.BILLING[one]]
    found: list[CheckMessage] = [Error(f"{one} is not set", id="billing.E003") for one in missing]
    if not is_installed():
        found.append(Error("Stripe needs the extra `payments`", id="billing.E004"))
    return found

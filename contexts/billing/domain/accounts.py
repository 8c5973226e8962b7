"""The chart of accounts: what we have or spend is positive, what we owe or earn negative."""

from uuid import UUID

from contexts.billing.domain.ledger import Account, Owner

# Lesson credits are a commodity of their own, with an ISO-style private code.
CREDITS = "XLC"
ONE_CREDIT = 100

CREDITS_AVAILABLE = "credits_available"
CREDITS_HELD = "credits_held"
CASH = "cash"
DEFERRED_REVENUE = "deferred_revenue"


def credits_available(customer_id: UUID) -> Account:
    return Account(Owner.CUSTOMER, CREDITS_AVAILABLE, CREDITS, customer_id)


def credits_held(customer_id: UUID) -> Account:
    return Account(Owner.CUSTOMER, CREDITS_HELD, CREDITS, customer_id)


def credits_issued() -> Account:
    return Account(Owner.PLATFORM, "credits_issued", CREDITS)


def credits_spent() -> Account:
    return Account(Owner.PLATFORM, "credits_spent", CREDITS)


def credits_expired() -> Account:
    return Account(Owner.PLATFORM, "credits_expired", CREDITS)


def cash(currency: str) -> Account:
    """What the payment provider holds for us."""
    return Account(Owner.PLATFORM, CASH, currency)


def disputed(currency: str) -> Account:
    """What the provider took back while a dispute is open or lost."""
    return Account(Owner.PLATFORM, "disputed", currency)


def revoked(currency: str) -> Account:
    """What we owe no more for money that was taken back; with `disputed` it is our loss."""
    return Account(Owner.PLATFORM, "revoked", currency)


def unpaid_lessons(currency: str) -> Account:
    """What is paid to tutors for credits whose money was taken back."""
    return Account(Owner.PLATFORM, "unpaid_lessons", currency)


def tax(currency: str) -> Account:
    return Account(Owner.PLATFORM, "tax_payable", currency)


def credit_liability(currency: str) -> Account:
    """Credits that are paid for and not yet used."""
    return Account(Owner.PLATFORM, "credit_liability", currency)


def deferred_revenue(currency: str) -> Account:
    """Subscriptions that are paid for a time that is not over."""
    return Account(Owner.PLATFORM, DEFERRED_REVENUE, currency)


def subscription_revenue(currency: str) -> Account:
    return Account(Owner.PLATFORM, "subscription_revenue", currency)


def breakage(currency: str) -> Account:
    """What paid credits were worth that expired unused."""
    return Account(Owner.PLATFORM, "breakage_revenue", currency)


def commission(currency: str) -> Account:
    return Account(Owner.PLATFORM, "commission_revenue", currency)


def promotion(currency: str) -> Account:
    """What is paid to tutors for credits that nobody bought."""
    return Account(Owner.PLATFORM, "promotion_expense", currency)


def tutor_payable(tutor_id: UUID, currency: str) -> Account:
    return Account(Owner.TUTOR, "payable", currency, tutor_id)

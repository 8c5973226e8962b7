"""The chart of accounts. Assets and expenses are positive, debts and income negative."""

from uuid import UUID

from contexts.billing.domain.ledger import Account, Owner

# Lesson credits are a commodity. Their code is private, in the style of ISO 4217.
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
    """Money that the payment provider holds for us."""
    return Account(Owner.PLATFORM, CASH, currency)


def refunds_owed(currency: str) -> Account:
    """Payments that go back to buyers and that the provider has not given back yet."""
    return Account(Owner.PLATFORM, "refunds_owed", currency)


def disputed(currency: str) -> Account:
    """Money that the provider took back in disputes, open or lost."""
    return Account(Owner.PLATFORM, "disputed", currency)


def revoked(currency: str) -> Account:
    """Debts that ended with a dispute. Together with `disputed` they are our loss."""
    return Account(Owner.PLATFORM, "revoked", currency)


def unpaid_lessons(currency: str) -> Account:
    """Pay of tutors for credits whose payment was disputed."""
    return Account(Owner.PLATFORM, "unpaid_lessons", currency)


def tax(currency: str) -> Account:
    return Account(Owner.PLATFORM, "tax_payable", currency)


def credit_liability(currency: str) -> Account:
    """Net worth of credits that are paid for and not used."""
    return Account(Owner.PLATFORM, "credit_liability", currency)


def deferred_revenue(currency: str) -> Account:
    """Net worth of paid subscription periods that are not over."""
    return Account(Owner.PLATFORM, DEFERRED_REVENUE, currency)


def subscription_revenue(currency: str) -> Account:
    return Account(Owner.PLATFORM, "subscription_revenue", currency)


def breakage(currency: str) -> Account:
    """Net worth of paid credits that expired."""
    return Account(Owner.PLATFORM, "breakage_revenue", currency)


def lesson_revenue(currency: str) -> Account:
    """Net worth of paid credits that were spent on lessons, in the buyers' currencies."""
    return Account(Owner.PLATFORM, "lesson_revenue", currency)


def lesson_cost(currency: str) -> Account:
    """Pay of tutors for lessons, in the tutors' currencies. What revenue leaves is ours."""
    return Account(Owner.PLATFORM, "lesson_cost", currency)


def promotion(currency: str) -> Account:
    """Pay of tutors for credits that were given for free."""
    return Account(Owner.PLATFORM, "promotion_expense", currency)


def tutor_payable(tutor_id: UUID, currency: str) -> Account:
    return Account(Owner.TUTOR, "payable", currency, tutor_id)

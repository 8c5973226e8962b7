"""What billing says of a learner's credits."""

from uuid import UUID

from contexts.billing.models import CreditHold, Wallet

ONE = 100


def credits_of(learner_id: UUID) -> tuple[int, int]:
    """Available and held, in whole credits and hundredths."""
    row = Wallet.objects.filter(pk=learner_id).first()
    return (row.available, row.held) if row else (0, 0)


def held_for() -> set[UUID]:
    """The ids under which a credit is held."""
    return set(CreditHold.objects.filter(state="held").values_list("pk", flat=True))

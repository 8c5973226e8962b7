from contexts.billing.models.ledger import (
    LedgerAccount,
    LedgerEntry,
    LedgerIsFinal,
    LedgerTransaction,
)
from contexts.billing.models.wallet import CreditGrant, CreditHold, HeldPart, Wallet

__all__ = [
    "CreditGrant",
    "CreditHold",
    "HeldPart",
    "LedgerAccount",
    "LedgerEntry",
    "LedgerIsFinal",
    "LedgerTransaction",
    "Wallet",
]

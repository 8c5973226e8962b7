"""The proof that the books are right."""

from contexts.billing.adapters.bookkeeping import Finding, check_ledger

__all__ = ["Finding", "check_ledger"]

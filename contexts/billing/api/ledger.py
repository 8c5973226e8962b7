"""The proof that the books are right."""

from contexts.billing.services.ledger import Finding, check_ledger

__all__ = ["Finding", "check_ledger"]

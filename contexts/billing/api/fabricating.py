"""Customers who never were, for development and benchmarks."""

from contexts.billing.adapters import fabricating
from contexts.shared.database.transactions.atomic import for_context

fabricate = for_context("billing")(fabricating.fabricate)

"""Customers who never were, for development and benchmarks."""

from contexts.billing.services import fabrication
from contexts.shared.database.transactions.atomic import for_context

fabricate = for_context("billing")(fabrication.fabricate)

"""Customers who never were, for development and benchmarks."""

from contexts.billing.adapters import fabricating
from contexts.shared.database.atomic import for_context

fabricate = for_context("billing")(fabricating.fabricate)

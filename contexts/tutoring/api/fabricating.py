"""People who never were, for development and benchmarks."""

from contexts.shared.database.transactions.atomic import for_context
from contexts.tutoring.adapters import fabricating

fabricate = for_context("tutoring")(fabricating.fabricate)

"""Members who never were, for development and benchmarks."""

from contexts.community.adapters import fabricating
from contexts.shared.database.transactions.atomic import for_context

fabricate = for_context("community")(fabricating.fabricate)

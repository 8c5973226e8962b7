"""When money that is paid in advance becomes ours."""

from contexts.billing.api import parts
from contexts.shared.database.transactions.atomic import for_context

earn_revenue = for_context("billing")(parts.revenue.earn)

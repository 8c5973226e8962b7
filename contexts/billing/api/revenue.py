"""When money that is paid in advance becomes ours."""

from contexts.billing.services import wiring
from contexts.shared.database.transactions.atomic import for_context

earn_revenue = for_context("billing")(wiring.revenue.earn)

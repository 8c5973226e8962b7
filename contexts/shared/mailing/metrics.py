"""The state of mail for Prometheus, read at each scrape."""

from typing import Any

from django.db import Error
from prometheus_client.core import GaugeMetricFamily

from contexts.shared.database.placement.aliases import all_aliases
from contexts.shared.kernel import now


class MailCollector:
    """Waiting and failed mails by database. Databases that do not answer are omitted."""

    def collect(self) -> Any:
        from contexts.shared.mailing import upkeep

        open_ = GaugeMetricFamily("busuu_mail_waiting", "Not yet sent.", labels=["alias"])
        lag = GaugeMetricFamily("busuu_mail_lag_seconds", "Oldest waiting.", labels=["alias"])
        failed = GaugeMetricFamily("busuu_mail_failed", "Refused or given up.", labels=["alias"])
        for alias in all_aliases():
            try:
                count, age = upkeep.waiting(using=alias, at=now())
                failed.add_metric([alias], upkeep.failed(using=alias))
            except Error:
                continue
            open_.add_metric([alias], count)
            lag.add_metric([alias], age)
        return [open_, lag, failed]

    def describe(self) -> Any:
        """Return nothing, because registering must not query the database."""
        return []

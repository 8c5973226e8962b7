"""Limits as the settings have them when they are asked."""

from django.conf import settings


class ConfiguredLimits:
    """Of one member in 24 hours."""

    @property
    def submissions(self) -> int:
        return int(settings.COMMUNITY["SUBMISSIONS_PER_DAY"])

    @property
    def corrections(self) -> int:
        return int(settings.COMMUNITY["CORRECTIONS_PER_DAY"])

    @property
    def replies(self) -> int:
        return int(settings.COMMUNITY["REPLIES_PER_DAY"])

    @property
    def reports(self) -> int:
        return int(settings.COMMUNITY["REPORTS_PER_DAY"])

"""Limits as the settings have them when they are asked."""

from uuid import UUID

from django.conf import settings

from contexts.community.models import Member


class ConfiguredLimits:
    """Of one member in 24 hours."""

    def one_at_a_time(self, member_id: UUID) -> None:
        list(Member.objects.select_for_update().filter(pk=member_id).values_list("pk"))

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

"""The shapes of requests and responses. Responses are rendered from DTOs; these describe them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext
from drf_spectacular.utils import extend_schema_serializer

from contexts.shared.http import serializers
from contexts.shared.kernel import now
from contexts.tutoring import api

_WEEK = timedelta(days=7)
_LONGEST_WINDOW = timedelta(days=31)
_LAST = datetime.max.replace(tzinfo=UTC)

_CLOCK = r"^([01][0-9]|2[0-4]):[0-5][0-9]$"
_POLICIES = list(api.POLICIES)
_STATES = ["pending", "booked", "completed", "canceled", "missed", "lapsed"]


@extend_schema_serializer(component_name="Participant")
class PersonSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField()


class ApplySerializer(serializers.Serializer):
    languages = serializers.ListField(
        child=serializers.CharField(max_length=35), max_length=10, help_text="BCP 47."
    )
    introduction = serializers.CharField(max_length=2_000)
    time_zone = serializers.CharField(max_length=64, help_text="IANA name.")


class ApplicationSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    state = serializers.ChoiceField(["applied", "active", "paused", "left"])
    languages = serializers.ListField(child=serializers.CharField())
    introduction = serializers.CharField()
    applied_at = serializers.DateTimeField()
    approved_at = serializers.DateTimeField(allow_null=True)


class HoursSerializer(serializers.Serializer):
    start = serializers.RegexField(_CLOCK, help_text="On the quarter hour, like 09:30.")
    end = serializers.RegexField(_CLOCK, help_text="The same; 24:00 is the end of the day.")


class RuleSerializer(HoursSerializer):
    weekday = serializers.IntegerField(min_value=1, max_value=7, help_text="1 is Monday.")


class WeekSerializer(serializers.Serializer):
    time_zone = serializers.CharField(max_length=64, help_text="IANA name.")
    lesson_minutes = serializers.IntegerField(min_value=15, max_value=240)
    grid_minutes = serializers.IntegerField(
        min_value=15, max_value=240, help_text="From one start to the next."
    )
    notice_minutes = serializers.IntegerField(min_value=0, max_value=20_160)
    horizon_days = serializers.IntegerField(min_value=1, max_value=365)
    buffer_minutes = serializers.IntegerField(min_value=0, max_value=240)
    policy = serializers.ChoiceField(_POLICIES, help_text="Of lessons booked from now on.")
    rules = serializers.ListField(child=RuleSerializer(), max_length=60)


class OverrideSerializer(serializers.Serializer):
    date = serializers.DateField()
    off = serializers.BooleanField(help_text="The weekly hours do not hold on this date.")
    hours = serializers.ListField(child=HoursSerializer(), max_length=12)


class OverridesSerializer(serializers.Serializer):
    overrides = serializers.ListField(child=OverrideSerializer(), max_length=366)


class TravelSerializer(serializers.Serializer):
    first = serializers.DateField()
    last = serializers.DateField(help_text="Included.")
    time_zone = serializers.CharField(max_length=64, help_text="IANA name.")


class TravelsSerializer(serializers.Serializer):
    travels = serializers.ListField(child=TravelSerializer(), max_length=20)


class AvailabilitySerializer(WeekSerializer):
    overrides = OverrideSerializer(many=True)
    travels = TravelSerializer(many=True)


class BandSerializer(serializers.Serializer):
    notice_minutes = serializers.IntegerField()
    spent_percent = serializers.IntegerField()


class PolicySerializer(serializers.Serializer):
    name = serializers.CharField()
    cancellation = BandSerializer(many=True, help_text="Less notice costs the whole credit.")
    reschedule_notice_minutes = serializers.IntegerField()
    most_reschedules = serializers.IntegerField()
    binds_within_minutes = serializers.IntegerField(
        help_text="Moved with less notice, a lesson can be canceled no more."
    )
    learner_absent_percent = serializers.IntegerField()
    tutor_absent_percent = serializers.IntegerField()
    wait_minutes = serializers.IntegerField()


class PoliciesSerializer(serializers.Serializer):
    policies = PolicySerializer(many=True)


class WindowSerializer(serializers.Serializer):
    """A week from now unless told; 31 days at most."""

    # `from` is a word of the language, too.
    locals()["from"] = serializers.DateTimeField(required=False)
    to = serializers.DateTimeField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs:
            return {}
        since = attrs.get("from", now())
        try:
            until = attrs.get("to", since + _WEEK)
        except OverflowError:
            raise serializers.ValidationError(gettext("There is no week after that.")) from None
        if not since < until <= since + min(_LONGEST_WINDOW, _LAST - since):
            raise serializers.ValidationError(
                gettext("A window has 31 days at most and ends after it begins.")
            )
        return {"since": since, "until": until}


class SlotSerializer(serializers.Serializer):
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    local_starts_at = serializers.DateTimeField(help_text="On the caller's clock.")
    local_ends_at = serializers.DateTimeField()


class SlotsSerializer(serializers.Serializer):
    tutor = serializers.UUIDField()
    time_zone = serializers.CharField(help_text="The caller's, IANA name.")
    slots = SlotSerializer(many=True)


class TutorSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField()
    languages = serializers.ListField(child=serializers.CharField())
    introduction = serializers.CharField()
    policy = serializers.CharField()
    lesson_minutes = serializers.IntegerField()


class FoundTutorSerializer(serializers.Serializer):
    tutor = TutorSerializer()
    slots = SlotSerializer(many=True, help_text="Free in the window; empty without one.")


class BookSerializer(serializers.Serializer):
    tutor = serializers.UUIDField()
    starts_at = serializers.DateTimeField()
    language = serializers.CharField(max_length=35, help_text="As the tutor spells it.")


class RescheduleSerializer(serializers.Serializer):
    starts_at = serializers.DateTimeField()


@extend_schema_serializer(component_name="BookedLesson")
class LessonSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    role = serializers.ChoiceField(["learner", "tutor"], help_text="The caller's part.")
    state = serializers.ChoiceField(_STATES)
    learner = PersonSerializer(allow_null=True)
    tutor = PersonSerializer(allow_null=True)
    language = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    policy = serializers.CharField(help_text="As agreed at booking.")
    bound = serializers.BooleanField(help_text="Moved so late that it can be canceled no more.")
    moved = serializers.IntegerField()
    spent_percent = serializers.IntegerField(allow_null=True, help_text="Of the credit.")
    ended_by = serializers.ChoiceField(["learner", "tutor", "system", ""])
    absent = serializers.ChoiceField(["learner", "tutor", ""])
    created_at = serializers.DateTimeField()


class RoomSerializer(serializers.Serializer):
    url = serializers.CharField(help_text="The caller's own: whoever has it is let in as them.")
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()


class CalendarSerializer(serializers.Serializer):
    url = serializers.CharField(help_text="Secret: whoever has it reads the calendar.")

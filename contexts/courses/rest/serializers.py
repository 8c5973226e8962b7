"""The shapes of requests and responses. Responses are rendered from DTOs; these describe them."""

from drf_spectacular.utils import extend_schema_field

from contexts.shared.http import serializers
from contexts.shared.kernel import Level

LEVELS = [level.value for level in Level]


class TextsField(serializers.DictField):
    """A text by language tag."""

    child = serializers.CharField()


class CourseSerializer(serializers.Serializer):
    course = serializers.SlugField()
    language = serializers.CharField(help_text="What is taught (BCP 47).")
    source = serializers.CharField(  # type: ignore[assignment]
        help_text="The language it is explained in (BCP 47)."
    )
    level = serializers.ChoiceField(LEVELS)
    title = TextsField()
    description = TextsField()
    license = serializers.CharField(help_text="SPDX.")
    version = serializers.IntegerField()
    lessons = serializers.IntegerField()
    words = serializers.IntegerField()
    exercises = serializers.IntegerField()


class OutlinedLessonSerializer(serializers.Serializer):
    lesson = serializers.CharField()
    title = TextsField()
    exercises = serializers.IntegerField()
    premium = serializers.BooleanField(help_text="Only Premium opens it.")


class OutlinedUnitSerializer(serializers.Serializer):
    unit = serializers.CharField()
    title = TextsField()
    level = serializers.ChoiceField(LEVELS)
    can_do = TextsField()
    words = serializers.IntegerField()
    lessons = OutlinedLessonSerializer(many=True)


class CourseDetailSerializer(serializers.Serializer):
    summary = CourseSerializer()
    authors = serializers.ListField(child=serializers.CharField())
    content_hash = serializers.CharField(help_text="SHA-256 of the content.")
    published_at = serializers.DateTimeField()
    units = OutlinedUnitSerializer(many=True)


class UnitNotesSerializer(serializers.Serializer):
    unit = serializers.CharField()
    title = TextsField()
    goal = serializers.DictField()
    notes = serializers.CharField(help_text="Markdown without HTML.")


class EnrollSerializer(serializers.Serializer):
    course = serializers.RegexField(r"^[a-z0-9-]{1,60}$", help_text="As the catalogue names it.")


class EnrollmentSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    course = serializers.SlugField()
    title = TextsField()
    language = serializers.CharField()
    level = serializers.ChoiceField(LEVELS)
    version = serializers.IntegerField()
    newest_version = serializers.IntegerField()
    enrolled_at = serializers.DateTimeField()
    lessons = serializers.IntegerField()
    lessons_completed = serializers.IntegerField()


class LessonProgressSerializer(serializers.Serializer):
    lesson = serializers.CharField()
    title = TextsField()
    exercises = serializers.IntegerField()
    answered = serializers.IntegerField()
    completed_at = serializers.DateTimeField(allow_null=True)
    correct = serializers.IntegerField(allow_null=True)


class ProgressSerializer(serializers.Serializer):
    lessons = LessonProgressSerializer(many=True)


@extend_schema_field({"type": "object", "additionalProperties": True})
class PresentedExerciseField(serializers.DictField):
    """An exercise as its type presents it: `key`, `type` and what docs/coursepack.md lists."""


class LessonSerializer(serializers.Serializer):
    lesson = serializers.CharField()
    unit = serializers.CharField()
    title = TextsField()
    version = serializers.UUIDField()
    premium = serializers.BooleanField()
    exercises = serializers.ListField(child=PresentedExerciseField())


class NextLessonSerializer(serializers.Serializer):
    lesson = LessonSerializer(allow_null=True, help_text="Null when all lessons are completed.")


class AnswerSerializer(serializers.Serializer):
    attempt_id = serializers.UUIDField(help_text="Made by the client; sent twice, graded once.")
    exercise = serializers.CharField(max_length=110)
    answer = serializers.DictField(help_text="As docs/coursepack.md shapes it for the type.")
    duration_ms = serializers.IntegerField(
        min_value=0, max_value=86_400_000, required=False, allow_null=True, default=None
    )


class EditSerializer(serializers.Serializer):
    start = serializers.IntegerField(help_text="In code points of `given`.")
    end = serializers.IntegerField()
    old = serializers.CharField()
    new = serializers.CharField()
    category = serializers.CharField()


class ReviewedSerializer(serializers.Serializer):
    item = serializers.CharField()
    due_at = serializers.DateTimeField()


class GradeSerializer(serializers.Serializer):
    attempt_id = serializers.UUIDField()
    exercise = serializers.CharField()
    lesson = serializers.CharField()
    verdict = serializers.ChoiceField(
        ["submitted", "correct", "correct_with_note", "nearly", "wrong"]
    )
    score = serializers.FloatField(help_text="0 to 1.")
    rating = serializers.IntegerField(help_text="FSRS: 1 again, 2 hard, 3 good.")
    notes = serializers.ListField(child=serializers.CharField())
    given = serializers.CharField()
    expected = serializers.CharField(help_text="The accepted answer nearest to what was given.")
    edits = EditSerializer(many=True)
    why = TextsField(allow_null=True)
    answered_at = serializers.DateTimeField()
    reviewed = ReviewedSerializer(many=True)
    submission = serializers.UUIDField(
        allow_null=True, help_text="A writing's, under which the community has it."
    )


class DueItemSerializer(serializers.Serializer):
    enrollment = serializers.UUIDField()
    item = serializers.CharField()
    kind = serializers.ChoiceField(["word", "correction"])
    text = serializers.CharField()
    translation = serializers.CharField()
    state = serializers.ChoiceField(["learning", "review", "relearning"])
    stability = serializers.FloatField(help_text="Days until recall falls to 90 %.")
    difficulty = serializers.FloatField(help_text="1 to 10.")
    last_review_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()

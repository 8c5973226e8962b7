"""Rows of enrollments, answers and memory. Only repositories write them."""

from django.db import models

from contexts.courses.models.catalogue import Course, CourseVersion
from contexts.shared.kernel import new_id


class Enrollment(models.Model):
    """A learner in a course, on the version that they began with or moved to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    learner_id = models.UUIDField()
    course = models.ForeignKey(Course, on_delete=models.PROTECT)
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT)
    enrolled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["learner_id", "course"], name="courses_enrolled_once")
        ]

    def __str__(self) -> str:
        return str(self.id)


class Attempt(models.Model):
    """An answer and its grade. Memory can be replayed from `ratings`, `ask` and the date.

    The client makes `attempt_id`, so that a repeated answer is one attempt. `ratings` is null in
    rows of a release before ratings by item, which rated all `items` alike.
    """

    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="attempts")
    attempt_id = models.UUIDField()
    lesson_key = models.CharField(max_length=110)
    exercise_key = models.CharField(max_length=110)
    answer = models.JSONField()
    grade = models.JSONField()
    verdict = models.CharField(max_length=20)
    rating = models.PositiveSmallIntegerField()
    items = models.JSONField()
    ratings = models.JSONField(null=True, help_text="FSRS's rating by item.")
    ask = models.CharField(max_length=11, blank=True, db_default="", help_text="How it asked.")
    answered_at = models.DateTimeField()
    time_zone = models.CharField(
        max_length=64, blank=True, db_default="", help_text="The learner's at that time, IANA."
    )
    local_date = models.DateField(null=True, help_text="In that zone.")
    zone_assumed = models.BooleanField(
        default=False, db_default=False, help_text="The profile's zone of a later time."
    )
    duration_ms = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "attempt_id"], name="courses_attempt_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["enrollment", "lesson_key", "exercise_key"], name="courses_attempt_lesson"
            )
        ]

    def __str__(self) -> str:
        return str(self.attempt_id)


class Card(models.Model):
    """A sentence of the learner and its correction. The id is that of the accepted edit."""

    id = models.UUIDField(primary_key=True, editable=False)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="cards")
    sentence = models.TextField()
    corrected = models.TextField()
    language = models.CharField(max_length=35, help_text="BCP 47.")
    category = models.CharField(max_length=30)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class Memory(models.Model):
    """FSRS's state of a word or card for a learner. It equals a replay of the attempts.

    `card` is null for a word.
    """

    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="memories")
    learner_id = models.UUIDField()
    word_key = models.CharField(max_length=110)
    card = models.OneToOneField(Card, null=True, on_delete=models.CASCADE, related_name="memory")
    due_at = models.DateTimeField()
    last_review_at = models.DateTimeField()
    last_day = models.DateField(null=True, help_text="The learner's date of the last review.")
    stability = models.FloatField(help_text="Days until recall falls to 90 %.")
    difficulty = models.FloatField(help_text="1 to 10.")
    state = models.CharField(max_length=10, help_text="learning, review or relearning.")
    step = models.PositiveSmallIntegerField(null=True)
    model_version = models.CharField(max_length=40)

    class Meta:
        verbose_name_plural = "memories"
        constraints = [
            models.UniqueConstraint(fields=["enrollment", "word_key"], name="courses_memory_once")
        ]
        indexes = [models.Index(fields=["learner_id", "due_at"], name="courses_memory_due")]

    def __str__(self) -> str:
        return f"{self.word_key} of {self.learner_id}"


class Showing(models.Model):
    """The first time that an exercise gave an item's answer away. It is no review."""

    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="showings")
    word_key = models.CharField(max_length=110)
    shown_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrollment", "word_key"], name="courses_shown_once")
        ]

    def __str__(self) -> str:
        return self.word_key


class LessonCompletion(models.Model):
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="completions")
    lesson_key = models.CharField(max_length=110)
    completed_at = models.DateTimeField()
    exercises = models.PositiveIntegerField()
    correct = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "lesson_key"], name="courses_completed_once"
            )
        ]

    def __str__(self) -> str:
        return self.lesson_key

"""Published courses. A version and its parts never change."""

from django.db import models

from contexts.shared.kernel import Level, new_id


class Course(models.Model):
    """A course in the catalogue. New learners begin on its `current` version."""

    key = models.CharField(primary_key=True, max_length=60)
    language = models.CharField(max_length=35, help_text="What is taught (BCP 47).")
    source = models.CharField(max_length=35, help_text="The language it is explained in.")
    level = models.CharField(max_length=2, choices=[(level.value, level.value) for level in Level])
    title = models.JSONField(help_text="By language.")
    description = models.JSONField(help_text="By language.")
    license = models.CharField(max_length=60, help_text="SPDX.")
    current = models.ForeignKey(
        "CourseVersion", null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        indexes = [models.Index(fields=["language", "source", "level"], name="courses_catalogue")]

    def __str__(self) -> str:
        return self.key


class CourseVersion(models.Model):
    """An immutable state of a course, identified by the hash of its content."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    accents = models.CharField(max_length=7)
    authors = models.JSONField()
    outline = models.JSONField(help_text="Units and their lessons, in order, without content.")
    lessons_count = models.PositiveIntegerField()
    words_count = models.PositiveIntegerField()
    exercises_count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="courses_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.course_id} {self.number}"


class Unit(models.Model):
    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="units")
    key = models.CharField(max_length=40)
    position = models.PositiveIntegerField()
    title = models.JSONField()
    goal = models.JSONField()
    notes = models.TextField(blank=True, help_text="Grammar notes in Markdown.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="courses_unit_key")]

    def __str__(self) -> str:
        return self.key


class Word(models.Model):
    """A word whose memory is tracked."""

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="words")
    key = models.CharField(max_length=110)
    text = models.CharField(max_length=200)
    translation = models.CharField(max_length=200)
    pos = models.CharField(max_length=20)
    gender = models.CharField(max_length=1, blank=True)
    example = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="courses_word_key")]

    def __str__(self) -> str:
        return self.key


class Lesson(models.Model):
    """A lesson as learners see it. `exercises` are presented, without their answers."""

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="lessons")
    key = models.CharField(max_length=110)
    unit_key = models.CharField(max_length=40)
    position = models.PositiveIntegerField()
    title = models.JSONField()
    premium = models.BooleanField(default=False, help_text="Only Premium opens it.")
    exercises = models.JSONField()
    exercise_keys = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="courses_lesson_key"),
            models.UniqueConstraint(fields=["version", "position"], name="courses_lesson_position"),
        ]

    def __str__(self) -> str:
        return self.key


class Exercise(models.Model):
    """An exercise with its answers. `body` is the document of domain/exercises."""

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="exercises")
    key = models.CharField(max_length=110)
    lesson_key = models.CharField(max_length=110)
    body = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="courses_exercise_key")
        ]

    def __str__(self) -> str:
        return self.key

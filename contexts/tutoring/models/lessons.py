"""Rows behind lessons. Only the repository writes them."""

from django.db import models


class Lesson(models.Model):
    """A lesson; an erased person's side is null. `history` tells what happened when."""

    id = models.UUIDField(primary_key=True, editable=False)
    learner_id = models.UUIDField(null=True)
    tutor_id = models.UUIDField(null=True)
    language = models.CharField(max_length=35, help_text="BCP 47.")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    policy = models.CharField(max_length=40, help_text="As agreed at booking.")
    cost = models.PositiveSmallIntegerField(
        default=100, db_default=100, help_text="In hundredths of a credit, as agreed at booking."
    )
    state = models.CharField(
        max_length=9,
        help_text="pending, booked, reported, disputed, completed, canceled, missed or lapsed.",
    )
    bound = models.BooleanField(default=False, help_text="Moved so late that it stands.")
    moved = models.PositiveSmallIntegerField(default=0)
    sequence = models.PositiveIntegerField(default=0)
    ended_by = models.CharField(max_length=7, blank=True, help_text="learner, tutor or system.")
    absent = models.CharField(max_length=7, blank=True, help_text="learner, tutor or both.")
    decides_at = models.DateTimeField(null=True, help_text="When a report is decided by itself.")
    lapsed_because = models.CharField(max_length=20, blank=True)
    spent_percent = models.PositiveSmallIntegerField(null=True)
    learner_entered_at = models.DateTimeField(null=True, help_text="First given the room.")
    tutor_entered_at = models.DateTimeField(null=True, help_text="First given the room.")
    hold_until = models.DateTimeField()
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    history = models.JSONField(default=list)

    class Meta:
        indexes = [
            models.Index(fields=["learner_id", "starts_at"], name="tutoring_lessons_learned"),
            models.Index(fields=["tutor_id", "starts_at"], name="tutoring_lessons_taught"),
            models.Index(fields=["state", "ends_at"], name="tutoring_lessons_to_end"),
            models.Index(fields=["state", "created_at"], name="tutoring_lessons_to_book"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class LessonCell(models.Model):
    """A quarter hour of a person's that a lesson takes: nobody is in two at once.

    `cell` counts quarter hours since 1970; the rows of a lesson go when it ends.
    """

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="cells")
    person_id = models.UUIDField()
    cell = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person_id", "cell"], name="tutoring_one_lesson_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.cell} of {self.person_id}"

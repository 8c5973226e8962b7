from django.db import models


class Member(models.Model):
    """What community knows of a person: a read table fed by events of identity and courses."""

    id = models.UUIDField(primary_key=True, editable=False)
    display_name = models.CharField(max_length=80, blank=True)
    native_languages = models.JSONField(default=list)
    studied_languages = models.JSONField(default=list)
    lessons_completed = models.PositiveIntegerField(default=0)
    last_learned_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.display_name or str(self.id)

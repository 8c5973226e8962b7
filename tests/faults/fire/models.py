from django.db import models


class Effect(models.Model):
    """The effect of a subscriber. No constraint prevents a second one."""

    spark = models.UUIDField()
    subscriber = models.CharField(max_length=20)

    class Meta:
        app_label = "fire"
        indexes = [models.Index(fields=["spark", "subscriber"], name="fire_effect_spark")]

    def __str__(self) -> str:
        return f"{self.subscriber} of {self.spark}"

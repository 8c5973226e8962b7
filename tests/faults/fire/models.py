from django.db import models


class Effect(models.Model):
    """What a subscriber has done. Nothing keeps it from being there twice."""

    spark = models.UUIDField()
    subscriber = models.CharField(max_length=20)

    class Meta:
        app_label = "fire"
        indexes = [models.Index(fields=["spark", "subscriber"], name="fire_effect_spark")]

    def __str__(self) -> str:
        return f"{self.subscriber} of {self.spark}"

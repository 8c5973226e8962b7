"""The people of this context, as events told of them."""

from django.db import models

from contexts.shared.people.tables import KnownPerson


class Learner(KnownPerson):
    """A learner, and until when they have Premium; the highest revision is the truth."""

    premium_until = models.DateTimeField(null=True)
    premium_revision = models.PositiveIntegerField(default=0)

from django.db import models

from contexts.shared.people.tables import KnownPerson


class Customer(KnownPerson):
    """Who buys: the country decides the price, the language what an invoice is written in."""

    country = models.CharField(max_length=2, blank=True)
    interface_language = models.CharField(max_length=35, default="en")

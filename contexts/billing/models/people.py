from django.db import models

from contexts.shared.people.tables import KnownPerson


class Customer(KnownPerson):
    """A customer. The country decides the price, the language is that of invoices."""

    country = models.CharField(max_length=2, blank=True)
    interface_language = models.CharField(max_length=35, default="en")

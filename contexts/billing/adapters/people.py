"""Billing's table of customers, filled from identity."""

from contexts.billing.models import Customer
from contexts.identity import api as identity
from contexts.shared.people.directory import Directory

customers = Directory(
    context="billing",
    person=Customer,
    identity=identity,
    columns=lambda profile: {
        "display_name": profile.display_name,
        "country": profile.country,
        "interface_language": profile.interface_language,
    },
)

"""Billing's people: the customers."""

from contexts.billing.adapters.people import customers
from contexts.billing.events import PersonErased
from contexts.billing.services import privacy
from contexts.shared.people.people import People

PEOPLE = People(
    directory=customers,
    noun="customer",
    columns=privacy.COLUMNS,
    export=privacy.export_person,
    erase=privacy.erase,
    erased=PersonErased,
)

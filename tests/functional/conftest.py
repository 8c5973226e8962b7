"""Worlds that several modules of journeys use: a town of synthetic people, and a buyer."""

import io
from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker
from rest_framework.test import APIClient

from contexts.billing import api
from contexts.shared.kernel import now
from tests.factories.billing import CustomerFactory
from tests.factories.identity import UserFactory
from tests.functional.buyers import Buyer, User
from tests.functional.town import LEARNERS, fabricated
from tests.operations.world import undone


@pytest.fixture(scope="module")
def _town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    with django_db_blocker.unblock(), undone():
        call_command("course", "load", stdout=io.StringIO())
        yield fabricated(LEARNERS)


@pytest.fixture
def town(_town: str, db: None) -> str:
    """Return the output of the command that made the people of seed 1."""
    return _town


@pytest.fixture
def buyer(client_for: Callable[[User], APIClient]) -> Buyer:
    api.load_prices(now=now())
    user: User = UserFactory(country="ES", interface_language="es")
    CustomerFactory(id=user.pk)
    return Buyer(client_for(user))

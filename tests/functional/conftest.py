"""A town of synthetic people, for the modules that use it."""

import io
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

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

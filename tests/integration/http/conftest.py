"""One world for the tests of a module: each of them leaves it as it found it."""

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.integration.http.world import World
from tests.integration.roles.stage import undone


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), undone():
        yield World()


@pytest.fixture
def world(_built: World, db: None) -> World:
    _built.client = Client(raise_request_exception=False)
    return _built

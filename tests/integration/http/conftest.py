"""One world for the tests of a module; each of them leaves it unchanged."""

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.operations.world import World, staged


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with staged(django_db_blocker) as world:
        yield world


@pytest.fixture
def world(_built: World, db: None) -> World:
    _built.client = Client(raise_request_exception=False)
    return _built

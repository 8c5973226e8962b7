from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from pytest_django import DjangoDbBlocker

from tests.operations.world import World, staged


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with staged(django_db_blocker) as world:
        yield world


@pytest.fixture
def world(_built: World, db: None) -> Iterator[World]:
    # As in Django's own client, the end of a request must not close the test's connection.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield _built
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)

from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from pytest_django import DjangoDbBlocker

from tests.integration.fuzz.asking import ACTORS
from tests.integration.http.world import World
from tests.integration.roles.stage import undone


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), undone():
        world = World()
        for roles in ACTORS.values():
            world.user(roles)
        yield world


@pytest.fixture
def world(_built: World, db: None) -> Iterator[World]:
    # As Django's own client does: the end of a request must not close the test's connection.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield _built
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.integration.roles.watching import Watch
from tests.operations.world import staged


@pytest.fixture(scope="module")
def watch(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Watch]:
    """A watched world for all tests of a module.

    The tests are marked `django_db` nevertheless: without a mark there is no test database.
    """
    with staged(django_db_blocker) as world:
        yield Watch(world)

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.integration.roles.stage import Stage, undone


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """One for all tests of a module; each undoes what it does, inside the stage's transaction.

    The tests are marked `django_db` nevertheless: without a mark there is no test database.
    """
    with django_db_blocker.unblock(), undone():
        yield Stage()

import pytest

from contexts.identity.models import User
from tests.factories.identity import UserFactory
from tests.integration.identity.people import CountingHasher


@pytest.fixture
def hashes(settings: pytest.FixtureRequest) -> CountingHasher:
    """Counts the password hashes that are reckoned."""
    settings.PASSWORD_HASHERS = ["tests.integration.identity.people.CountingHasher"]
    CountingHasher.reckoned.clear()
    return CountingHasher()


@pytest.fixture
def ana() -> User:
    user: User = UserFactory(email="ana@example.org")
    return user

import pytest

from tests.integration.mailing.servers import Server


@pytest.fixture
def server(settings: object) -> Server:
    """Return a mail server that the test breaks and mends."""
    settings.EMAIL_BACKEND = "tests.integration.mailing.servers.Backend"  # type: ignore[attr-defined]
    Server.current = Server()
    return Server.current

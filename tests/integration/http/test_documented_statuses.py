"""A request gets each status that the OpenAPI file names."""

from typing import Any
from uuid import UUID

import pytest
from django.conf import settings

from contexts.shared.http import authentication
from contexts.shared.http.pace import Pace
from contexts.shared.http.throttling import AccountThrottle, AddressThrottle
from tests.integration.http.checks import PATHS
from tests.operations import OPERATIONS
from tests.operations.checks import answer_of
from tests.operations.ids import UNKNOWN
from tests.operations.record import Operation, Way
from tests.operations.roles import ROLES
from tests.operations.world import World, undone

pytestmark = pytest.mark.django_db

DESCRIBED = {
    operation["operationId"]: f"{method.upper()} {path}"
    for path, methods in PATHS.items()
    for method, operation in methods.items()
}
DOCUMENTED = [
    (operation["operationId"], int(status))
    for methods in PATHS.values()
    for operation in methods.values()
    for status in operation["responses"]
]
BIG = b'"' + b"x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + b'"'


def plainly(world: World, record: Operation) -> Any:
    world.prepare(record)
    return (record.success or World.ask)(world, record)


def without_login(world: World, record: Operation) -> Any:
    return world.send(record, world.raw(record), headers={"Authorization": "Bearer x"})


def elsewhere(world: World, record: Operation) -> Any:
    """The sample about a row that does not exist."""
    name, value = next(iter(record.path.items()))
    return world.ask(record, path={name: UNKNOWN if isinstance(value, UUID) else "nothing"})


def with_an_unknown_field(world: World, record: Operation) -> Any:
    return world.send(record, world.raw(record, surprise=1))


def as_refused(status: int) -> Way:
    """The sample by a role that gets the status."""

    def send(world: World, record: Operation) -> Any:
        roles = (role for role in ROLES[1:] if record.answer_to(role)[:3] == str(status))
        return world.ask(record, next(roles))

    return send


GENERAL: dict[int, Way] = {
    400: lambda world, record: world.send(record, url=f"{record.url()}?a=%00"),
    401: without_login,
    413: lambda world, record: world.send(record, BIG, headers={"Idempotency-Key": "one"}),
    415: lambda world, record: world.send(record, b"a", content_type="text/plain"),
    422: with_an_unknown_field,
    429: lambda world, record: world.ask(record, "learner"),
}


def ways(record: Operation, status: int) -> dict[str, Way]:
    """Requests that get the status, each under the beginning of its answer."""
    own = {answer: way for answer, way in record.refusals.items() if answer[:3] == str(status)}
    if own or status < 300:
        return own or {str(status): plainly}
    if status == 404 and record.path:
        return {"404": elsewhere}
    return {str(status): GENERAL.get(status, as_refused(status))}


class TestTheRecords:
    def test_are_named_as_the_operations_are(self) -> None:
        named = {
            name: f"{record.method} {record.address}"
            for name, record in OPERATIONS.items()
            if name in DESCRIBED
        }

        assert named == DESCRIBED

    def test_refuse_with_documented_statuses_only(self) -> None:
        refusals = {
            (name, int(answer[:3]))
            for name, record in OPERATIONS.items()
            for answer in record.refusals
        }

        assert refusals <= set(DOCUMENTED)


class TestADocumentedStatus:
    @pytest.mark.parametrize(("operation", "status"), DOCUMENTED)
    def test_is_possible(
        self,
        operation: str,
        status: int,
        world: World,
        monkeypatch: pytest.MonkeyPatch,
        settings: Any,
    ) -> None:
        record = OPERATIONS[operation]
        if status == 429:
            # A pace of its own: the callers of other tests must not wait.
            monkeypatch.setattr(authentication, "pace", Pace())
            settings.CALLER_BURST = 0
            for throttle in (AddressThrottle, AccountThrottle):
                monkeypatch.setitem(throttle.THROTTLE_RATES, "credentials", "0/min")
                monkeypatch.setitem(throttle.THROTTLE_RATES, "mail", "0/min")

        for answer, way in ways(record, status).items():
            with undone():
                response = way(world, record)

            assert answer_of(response).startswith(answer), response.content

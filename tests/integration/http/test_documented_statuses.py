"""Whatever status the OpenAPI file names, there is a request that gets it."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.urls import resolve
from drf_spectacular.generators import SchemaGenerator

from contexts.identity.models import Erasure
from contexts.shared.http.throttling import AccountThrottle, AddressThrottle
from contexts.shared.kernel import now
from tests.integration.http.samples import billing, community, tutoring
from tests.integration.http.world import API_CALLS, UNKNOWN, Call, World

pytestmark = pytest.mark.django_db


def _operation(call: Call) -> str:
    view: Any = resolve(call.url()).func
    return str(view.view_class.operations[call.method])


REST_CALLS = {_operation(call): call for call in API_CALLS if call.route != "graphql"}
PATHS = SchemaGenerator().get_schema(request=None, public=True)["paths"]  # type: ignore[no-untyped-call]
DOCUMENTED = [
    (operation["operationId"], int(status))
    for path in PATHS.values()
    for operation in path.values()
    for status in operation["responses"]
]
KEY = {"Idempotency-Key": "one"}
SECRET = "cafe.l.secret"
BIG = b'"' + b"x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + b'"'


def body(**changes: Any) -> Callable[[World, Call], Any]:
    """The call with another value in a field."""

    def send(world: World, call: Call) -> Any:
        return world.send(call, json.dumps({**world.body(call), **changes}).encode())

    return send


def without_login(world: World, call: Call) -> Any:
    return world.send(call, _raw(world, call), headers={"Authorization": "Bearer x"})


def elsewhere(world: World, call: Call) -> Any:
    """The call about something that is not there."""
    if not call.path:
        return world.send(call, _raw(world, call))
    if call.route == "event-log":
        return world.send(call, url="/api/v1/events/a/b")
    name, value = next(iter(call.path.items()))
    unknown = UNKNOWN if isinstance(value, UUID) else "nothing"
    return world.send(call, _raw(world, call), url=call.url(**{name: unknown}))


def nowhere(world: World, call: Call) -> Any:
    """The call of an address that is none."""
    value = next(iter(call.path.values()))
    return world.send(call, url=call.url().replace(str(value), "nothing"))


def myself(world: World, call: Call) -> Any:
    return world.send(call, url=call.url(person=world.learner.pk))


def asked_before(world: World, call: Call) -> Any:
    world.send(REST_CALLS["request_erasure"])
    return world.send(call)


def too_late(world: World, call: Call) -> Any:
    world.send(REST_CALLS["request_erasure"])
    Erasure.objects.update(started_at=now())
    return world.send(call)


def as_learner(world: World, call: Call) -> Any:
    learner = Call(route=call.route, path=call.path)
    return world.send(learner)


def unverified(world: World, call: Call) -> Any:
    return body(email=world.newcomer.email)(world, call)


def key_twice(world: World, call: Call) -> Any:
    if call.route == "lesson-completion":
        _answer_all(world)
    headers = {**world.headers(call), **KEY}
    first = world.send(call, _raw(world, call), headers=headers)
    assert first.status_code < 300
    return world.send(call, b'{"course": "other"}', headers=headers)


def attempt_twice(world: World, call: Call) -> Any:
    world.send(call, _raw(world, call))
    return body(exercise="hello.e.truth", answer={"value": False})(world, call)


def after_answering(world: World, call: Call) -> Any:
    _answer_all(world)
    return world.send(call)


def _answer_all(world: World) -> None:
    answers = {"card": {"recalled": True}, "choice": {"choice": "hola"}, "truth": {"value": True}}
    for number, (name, answer) in enumerate(answers.items()):
        sent = {"exercise": f"hello.e.{name}", "answer": answer}
        attempt = f"01890000-0000-7000-8000-00000000001{number}"
        body(attempt_id=attempt, **sent)(world, REST_CALLS["answer"])


def _raw(world: World, call: Call) -> bytes | None:
    return json.dumps(world.body(call)).encode() if call.body else None


def plainly(world: World, call: Call) -> Any:
    return world.send(call, _raw(world, call))


# How a status is reached in general, and where an operation has its own way.
GENERAL: dict[int, Callable[[World, Call], Any]] = {
    200: plainly,
    201: plainly,
    202: plainly,
    204: plainly,
    400: lambda world, call: world.send(call, url=f"{call.url()}?a=%00"),
    401: without_login,
    404: elsewhere,
    413: lambda world, call: world.send(call, BIG, headers={**world.headers(call), **KEY}),
    415: lambda world, call: world.send(call, b"a", content_type="text/plain"),
    429: plainly,
}
OWN: dict[tuple[str, int], Callable[[World, Call], Any]] = {
    ("register", 422): body(password="password12"),
    ("verify_address", 422): body(token="none"),
    ("reset_password", 422): body(token="none"),
    ("sign_in", 401): body(password="wrong password"),
    ("sign_in", 403): unverified,
    ("refresh_session", 401): body(refresh_token="none"),
    ("change_profile", 422): body(time_zone="Moon/Base"),
    ("set_languages", 422): body(native=["nonsense"]),
    ("list_events_about", 403): as_learner,
    ("enroll", 404): body(course="nothing"),
    ("enroll", 422): key_twice,
    ("move_on", 422): key_twice,
    ("complete_lesson", 200): after_answering,
    ("complete_lesson", 409): plainly,
    ("complete_lesson", 422): key_twice,
    ("get_lesson", 403): lambda world, call: world.send(call, url=call.url(lesson=SECRET)),
    ("answer", 403): body(exercise="cafe.e.secret", answer={"text": "un té"}),
    ("answer", 409): attempt_twice,
    ("answer", 422): body(answer={"text": "x"}),
    ("get_membership", 200): lambda world, call: world.send(call),
    ("follow", 422): myself,
    ("unfollow", 404): nowhere,
    ("block", 422): myself,
    ("unblock", 404): nowhere,
    ("get_erasure", 200): asked_before,
    ("request_erasure", 422): key_twice,
    ("withdraw_erasure", 204): asked_before,
    ("withdraw_erasure", 409): too_late,
    **billing.OWN,
    **community.OWN,
    **tutoring.OWN,
}


class TestADocumentedStatus:
    @pytest.mark.parametrize(("operation", "status"), DOCUMENTED)
    def test_is_possible(
        self, operation: str, status: int, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        call = REST_CALLS[operation]
        if status == 429:
            for throttle in (AddressThrottle, AccountThrottle):
                monkeypatch.setitem(throttle.THROTTLE_RATES, "credentials", "0/min")
                monkeypatch.setitem(throttle.THROTTLE_RATES, "mail", "0/min")
        if (operation, status) == ("get_membership", 200):
            world.join_community()

        response = OWN.get((operation, status), GENERAL.get(status, plainly))(world, call)

        assert response.status_code == status, response.content

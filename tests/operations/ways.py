"""Ways to be refused: each returns a function that sends a record's sample with one difference."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.test import override_settings

from contexts.identity import api as identity
from contexts.shared.http.clients import Client
from contexts.shared.kernel import new_id, now
from tests.factories.identity import PASSWORD
from tests.operations.record import Operation, Way
from tests.operations.roles import Roles
from tests.operations.world import World


def body(**changes: Any) -> Way:
    """With other values in the body."""
    return lambda world, operation: world.ask(operation, **changes)


def about(**path: Any) -> Way:
    """About another row."""
    return lambda world, operation: world.ask(operation, path=path)


def by(role: Roles, **path: Any) -> Way:
    """By another role, about another row if `path` names one."""
    (name,) = role
    return lambda world, operation: world.ask(operation, name, path=path)


def after(event: Callable[[World], Any]) -> Way:
    """After something has happened in the world."""

    def send(world: World, operation: Operation) -> Any:
        event(world)
        return world.ask(operation)

    return send


def limited(name: str) -> Way:
    """With a limit of community that allows nothing."""

    def send(world: World, operation: Operation) -> Any:
        with override_settings(COMMUNITY={**settings.COMMUNITY, name: 0}):
            return world.ask(operation)

    return send


def twice(world: World, operation: Operation) -> Any:
    """A second time."""
    assert world.ask(operation).status_code < 300
    return world.ask(operation)


def key_twice(world: World, operation: Operation) -> Any:
    """Another request under the Idempotency-Key of the first."""
    headers = {"Idempotency-Key": "one"}
    first = world.send(operation, world.raw(operation), headers=headers)
    assert first.status_code < 300, first.content
    return world.send(operation, world.raw(operation, another="request"), headers=headers)


def with_password_alone(world: World, operation: Operation) -> Any:
    """In a deployment, by a member of the staff who has proven no second factor."""
    with override_settings(DEVELOPMENT=False):
        token = identity.sign_in(
            session_id=new_id(),
            email=world.people[operation.caller].email,
            password=PASSWORD,
            client=Client(),
            now=now(),
        ).access_token
        return world.send(operation, headers={"Authorization": f"Bearer {token}"})


def provider_away(world: World, operation: Operation) -> Any:
    """While the payment provider cannot be reached."""
    away = {**settings.BILLING, "SANDBOX": "tests.fakes.payments.Away"}
    with override_settings(BILLING=away):
        return world.ask(operation)

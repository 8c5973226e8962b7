"""Fixtures for every test."""

import gc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db.models.signals import post_migrate
from django.utils import translation
from rest_framework.test import APIClient

from busuu.celery import app
from contexts.identity.models import User
from contexts.shared.database.placement.aliases import alias_of, all_aliases
from contexts.shared.mailing.sending import send_due
from contexts.shared.messaging.relay import relay_all


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let tests use every database if contexts live on several."""
    if len(all_aliases()) == 1:
        return
    for item in items:
        if marker := item.get_closest_marker("django_db"):
            item.add_marker(
                pytest.mark.django_db(**{**marker.kwargs, "databases": all_aliases()}),
                append=False,
            )


def pytest_collection_finish() -> None:
    """Keep the garbage collector from walking the imported modules again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


@pytest.fixture
def client_for() -> Callable[[User], APIClient]:
    """Return a function that signs a client in as a user."""
    from tests.factories.identity import access_token

    def signed_in(user: User) -> APIClient:
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {access_token(user)}")
        return client

    return signed_in


@pytest.fixture
def deliver() -> Iterator[Callable[[], int]]:
    """Return a function that hands over every open delivery at once and counts them."""
    app.conf.update(task_always_eager=True, task_eager_propagates=True)
    yield _relay_until_done
    app.conf.update(task_always_eager=False, task_eager_propagates=False)


def _relay_until_done() -> int:
    total = 0
    while sent := relay_all():
        total += sent
    send_due()
    return total


@pytest.fixture(autouse=True)
def _in_english() -> None:
    # A thread keeps the language of its last request.
    translation.deactivate()


@pytest.fixture(autouse=True, scope="session")
def _roles_outlive_a_flush() -> Iterator[None]:
    # A transactional test empties every table at its end, even of rows that migrations stored.
    post_migrate.connect(_ensure_roles, dispatch_uid="tests.roles")
    yield
    post_migrate.disconnect(dispatch_uid="tests.roles")


def _ensure_roles(using: str, **_: Any) -> None:
    from contexts.identity.api import ROLES

    if using == alias_of("identity"):
        group = apps.get_model("auth", "Group")
        group.objects.using(using).bulk_create(
            [group(name=name) for name in ROLES], ignore_conflicts=True
        )

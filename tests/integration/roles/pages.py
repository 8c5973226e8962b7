"""Pages, feeds and the stream: whatever a browser opens, and how it answers each role."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import Model
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse

from contexts.billing.models import Checkout
from contexts.identity.adapters import tokens
from contexts.shared.kernel import now
from contexts.tutoring import api as tutoring
from tests.integration.http.samples.billing import CHECKOUT
from tests.integration.http.samples.tutoring import AHEAD
from tests.integration.http.world import NOT_OURS
from tests.integration.roles.rest import METHODS, patterns
from tests.integration.roles.rows import Answers
from tests.integration.roles.stage import ROLES, Stage, undone
from tests.integration.roles.telling import leaks

NAMES = NOT_OURS | {"favicon.ico"}
# Whoever has the address of a payment, or of a calendar, is meant to be shown it.
BY_ADDRESS = {"checkout-page", "sandbox-page", "sandbox-events", "sandbox-send", "calendar-feed"}
# Views that take every method: what they are asked with.
_PLAIN = {"start": ("GET",), "favicon.ico": ("GET",), "stream": ("GET",), "api-docs": ("GET",)}
_GOOD_CARD = {"card": "4242 4242 4242 4242", "hold": "1"}
_NEW_PASSWORD = "another good secret"
_SECRET = {"password": _NEW_PASSWORD, "password_again": _NEW_PASSWORD}
FORMS: Mapping[str, Mapping[str, str]] = {
    "POST sandbox-page": _GOOD_CARD,
    "POST reset-page": _SECRET,
    "POST tutoring-sign-in": {"username": "nobody@example.org", "password": "wrong"},
}


def operations() -> Iterator[str]:
    """Every method of every page, beside the admin's."""
    for pattern in patterns(get_resolver().url_patterns):
        name = str(pattern.name or pattern.pattern)
        if name in NAMES:
            yield from (f"{method} {name}" for method in _methods(name, pattern.callback))


def _methods(name: str, view: Any) -> list[str]:
    if name in _PLAIN:
        return list(_PLAIN[name])
    if kind := getattr(view, "view_class", None):
        known = [method.lower() for method in METHODS if method.lower() in kind.http_method_names]
        return [method.upper() for method in known if hasattr(kind, method)]
    allowed = view(RequestFactory().options("/"))["Allow"].split(", ")
    return [method for method in METHODS if method in allowed]


def _session(stage: Stage) -> dict[str, Any]:
    return {"session": Checkout.objects.get(pk=CHECKOUT).provider_ref}


def _calendar(stage: Stage) -> dict[str, Any]:
    return {"token": tutoring.rotate_calendar(person_id=stage.people["learner"].pk, now=now())}


PATHS: dict[str, Callable[[Stage], dict[str, Any]]] = {
    "verify-page": lambda stage: {"token": tokens.verification_link_token(stage.world.newcomer)},
    "reset-page": lambda stage: {"token": tokens.reset_link_token(stage.world.learner)},
    "sandbox-page": _session,
    "sandbox-events": _session,
    # One that is there would be sent over a network.
    "sandbox-send": lambda _: {"event": UUID(int=1)},
    "tutoring-act": lambda _: {"lesson": AHEAD, "act": "cancel"},
    "tutoring-room": lambda _: {"lesson": AHEAD},
    "checkout-page": lambda _: {"checkout": CHECKOUT},
    "calendar-feed": _calendar,
}


def _url(stage: Stage, name: str) -> str:
    if name == "favicon.ico":
        return "/favicon.ico"
    return reverse(name, kwargs=PATHS[name](stage) if name in PATHS else None)


def ask(stage: Stage, operation: str, role: str) -> Any:
    """The answer to the browser of somebody of a role."""
    method, name = operation.split(" ")
    browser = _browser(stage, role)
    return getattr(browser, method.lower())(_url(stage, name), FORMS.get(operation, {}))


def _browser(stage: Stage, role: str) -> Client:
    browser = Client(raise_request_exception=False)
    if role in stage.people:
        browser.cookies = deepcopy(stage.signed_in[role])
    return browser


def answers(stage: Stage, operation: str) -> Answers:
    """What each role gets."""
    asked, moved = stage.ask_all(partial(ask, stage, operation))
    open_to_all = operation.rsplit(" ", maxsplit=1)[-1] in BY_ADDRESS
    told = {
        role: leaks(stage, operation, role, answer.content.decode(errors="replace"))
        for role, answer in asked.items()
        if answer.status_code < 300 and not open_to_all
    }
    return Answers(
        row={role: answer.status_code for role, answer in asked.items()},
        told={role: what for role, what in told.items() if what},
        moved=moved,
    )


def lists() -> dict[str, type[Model]]:
    """Every list of the admin."""
    return {model._meta.label_lower: model for model in admin.site._registry}


def list_answers(stage: Stage, label: str) -> Answers:
    """What each role gets of a list; who is let in may see whose rows are there."""
    model = lists()[label]
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    row = {}
    for role in ROLES:
        with undone():
            row[role] = _browser(stage, role).get(url).status_code
    return Answers(row=row, told={}, moved=set())

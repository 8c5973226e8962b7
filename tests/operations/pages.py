"""Pages, feeds and schemas: one row for each method, with each role's status."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.urls import reverse

from contexts.shared.kernel import now
from contexts.tutoring import api as tutoring
from tests.factories.identity import (
    TERMS,
    address_token,
    enrollment_token,
    reset_token,
    verification_token,
)
from tests.operations.ids import AHEAD, CHECKOUT, LEARNER_ID, REQUOTED
from tests.operations.rest import methods, routes
from tests.operations.roles import (
    ANONYMOUS,
    EVERYBODY,
    LEARNER,
    SIGNED_IN,
    STAFF,
    TEACHER,
    TUTORS,
    Roles,
)
from tests.operations.world import World


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page. `tells` names the roles that may read ids of other people on it."""

    answers: Mapping[Roles, int]
    path: Callable[[World], dict[str, Any]] = lambda _: {}
    form: Mapping[str, str] = field(default_factory=dict)
    moves: frozenset[str] = frozenset()
    tells: Roles = frozenset()

    def row(self) -> dict[str, int]:
        return {role: status for roles, status in self.answers.items() for role in roles}


_OPEN = {EVERYBODY: 200}
_NOT_TUTORS = SIGNED_IN - TUTORS
_DESK = {ANONYMOUS: 302, TUTORS: 200, _NOT_TUTORS: 403}
_MY_LESSON = {ANONYMOUS | TEACHER: 302, TUTORS - TEACHER: 404, _NOT_TUTORS: 403}
_IN_IT = LEARNER | TEACHER
_ROOM = {ANONYMOUS: 302, _IN_IT: 200, SIGNED_IN - _IN_IT: 404}
_MINE = {ANONYMOUS: 302, SIGNED_IN: 200}
_SIGN_IN = {ANONYMOUS: 200, SIGNED_IN: 302}
_SECRET = "another good secret"
_WRONG = {"username": "nobody@example.org", "password": "wrong"}


def _verification(world: World) -> dict[str, Any]:
    return {"token": verification_token(world.newcomer)}


def _reset(world: World) -> dict[str, Any]:
    return {"token": reset_token(world.learner)}


def _address(world: World) -> dict[str, Any]:
    return {"token": address_token(world.learner)}


def _enrollment(world: World) -> dict[str, Any]:
    return {"token": enrollment_token(world.people["admin"])}


def _session(world: World) -> dict[str, Any]:
    return {"session": world.session}


def _calendar(_: World) -> dict[str, Any]:
    return {"token": tutoring.rotate_calendar(person_id=LEARNER_ID, now=now())}


# The address of a payment or of a calendar is a secret: its page shows the owner's data.
PAGES: dict[str, Page] = {
    "GET start": Page(answers=_OPEN),
    "GET verify-page": Page(answers=_OPEN, path=_verification),
    "POST verify-page": Page(answers=_OPEN, path=_verification, moves=frozenset({"identity.User"})),
    "GET reset-page": Page(answers=_OPEN, path=_reset),
    "POST reset-page": Page(
        answers=_OPEN,
        path=_reset,
        form={"password": _SECRET, "password_again": _SECRET},
        moves=frozenset({"identity.User", "identity.Session"}),
    ),
    "GET address-page": Page(answers=_OPEN, path=_address),
    "POST address-page": Page(
        answers=_OPEN,
        path=_address,
        moves=frozenset({"identity.User", "identity.Session"}),
    ),
    **{f"GET {kind}": Page(answers=_OPEN) for kind in ("terms", "privacy")},
    **{
        f"GET {kind}-version": Page(answers=_OPEN, path=lambda _: {"version": TERMS})
        for kind in ("terms", "privacy")
    },
    **{
        f"GET {kind}-language": Page(
            answers=_OPEN, path=lambda _: {"version": TERMS, "language": "es"}
        )
        for kind in ("terms", "privacy")
    },
    "GET account-sign-up": Page(answers=_OPEN),
    "POST account-sign-up": Page(
        answers=_OPEN,
        form={
            "email": "new@example.org",
            "password": _SECRET,
            "agreed": "on",
            "agreed_terms": TERMS,
        },
    ),
    # Everybody in the world has agreed.
    "GET account-agree": Page(answers={EVERYBODY: 302}),
    "POST account-agree": Page(answers={EVERYBODY: 302}, form={"version": TERMS}),
    "POST account-consents": Page(
        answers={ANONYMOUS: 302, SIGNED_IN: 200}, form={"product_mail": "on"}
    ),
    "GET account": Page(answers=_MINE),
    "GET account-sign-in": Page(answers=_SIGN_IN),
    "POST account-sign-in": Page(answers=_SIGN_IN, form=_WRONG),
    "PUT account-sign-in": Page(answers=_SIGN_IN),
    "POST account-sign-out": Page(answers={EVERYBODY: 302}),
    "POST account-password": Page(
        answers={ANONYMOUS: 302, SIGNED_IN: 422},
        form={"password": "wrong", "new_password": _SECRET},
    ),
    "POST account-address": Page(
        answers={ANONYMOUS: 302, SIGNED_IN: 422},
        form={"password": "wrong", "email": "new@example.org"},
    ),
    "POST account-recovery-codes": Page(
        answers={ANONYMOUS: 302, SIGNED_IN: 422}, form={"code": "000000"}
    ),
    "POST account-another-phone": Page(
        answers={ANONYMOUS: 302, SIGNED_IN: 422}, form={"code": "000000"}
    ),
    "GET enroll-page": Page(answers=_OPEN, path=_enrollment, tells=EVERYBODY),
    "POST enroll-page": Page(
        answers={EVERYBODY: 422},
        path=_enrollment,
        form={"sealed": "another's", "password": _SECRET, "code": "000000"},
    ),
    "POST account-request-export": Page(answers={EVERYBODY: 302}),
    "GET account-export": Page(answers={EVERYBODY: 404}, path=lambda _: {"token": "none"}),
    "POST account-end-others": Page(answers={EVERYBODY: 302}),
    "POST account-end-session": Page(
        answers={ANONYMOUS: 302, SIGNED_IN: 404}, path=lambda _: {"session": UUID(int=1)}
    ),
    "GET staff-sign-in": Page(answers={EVERYBODY - STAFF: 200, STAFF: 302}),
    "POST staff-sign-in": Page(answers={EVERYBODY: 200}, form=_WRONG),
    # Nobody of this world has a second factor, and development asks for none.
    "GET second-factor": Page(answers={EVERYBODY: 302}),
    "POST second-factor": Page(answers={EVERYBODY: 302}, form={"code": "000000"}),
    "GET stream": Page(answers={EVERYBODY: 422}),
    **{f"GET tutoring-{name}": Page(answers=_DESK) for name in ("home", "requests", "week")},
    **{
        f"{method} tutoring-{name}": Page(answers=_DESK)
        for method in ("GET", "POST")
        for name in ("profile",)
    },
    "GET tutoring-leave": Page(answers=_DESK),
    "POST tutoring-leave": Page(answers={**_DESK, TUTORS: 302}),
    **{f"{method} tutoring-hours": Page(answers=_DESK) for method in ("GET", "POST")},
    "POST tutoring-act": Page(
        answers=_MY_LESSON,
        path=lambda _: {"lesson": AHEAD, "act": "cancel"},
        form={"confirmed": "1"},
    ),
    "GET tutoring-room": Page(answers=_MY_LESSON, path=lambda _: {"lesson": AHEAD}),
    "GET lesson-room": Page(answers=_ROOM, path=lambda _: {"lesson": AHEAD}),
    "GET lesson-room-entry": Page(answers={**_ROOM, _IN_IT: 409}, path=lambda _: {"lesson": AHEAD}),
    # Nothing is reported of this lesson.
    "POST lesson-room-answer": Page(
        answers={**_ROOM, _IN_IT: 409},
        path=lambda _: {"lesson": AHEAD},
        form={"answer": "dispute"},
    ),
    "GET tutoring-sign-in": Page(answers=_SIGN_IN),
    "POST tutoring-sign-in": Page(answers=_SIGN_IN, form=_WRONG),
    "PUT tutoring-sign-in": Page(answers=_SIGN_IN),
    "POST tutoring-sign-out": Page(answers={EVERYBODY: 302}),
    "GET calendar-feed": Page(answers=_OPEN, path=_calendar, tells=EVERYBODY),
    "GET checkout-page": Page(
        answers=_OPEN, path=lambda _: {"checkout": CHECKOUT}, tells=EVERYBODY
    ),
    # Another buyer's subscription, or none.
    **{
        f"GET {name}": Page(
            answers={ANONYMOUS: 302, SIGNED_IN: 404}, path=lambda _: {"subscription": UUID(int=1)}
        )
        for name in ("due-page", "due-payment")
    },
    "POST checkout-confirm": Page(
        answers={EVERYBODY: 302},
        path=lambda _: {"checkout": REQUOTED},
        form={"quote": "2"},
        moves=frozenset({"billing.Checkout"}),
    ),
    "POST checkout-abandon": Page(
        answers={EVERYBODY: 302},
        path=lambda _: {"checkout": CHECKOUT},
        moves=frozenset({"billing.Checkout", "sandbox.Session"}),
    ),
    "GET sandbox-page": Page(answers=_OPEN, path=_session, tells=EVERYBODY),
    "POST sandbox-page": Page(
        answers=_OPEN,
        path=_session,
        form={"card": "4242 4242 4242 4242", "hold": "1"},
        moves=frozenset({"sandbox.Session"}),
        tells=EVERYBODY,
    ),
    # Nothing is due.
    **{
        f"{method} sandbox-due": Page(
            answers={EVERYBODY: 404}, path=lambda _: {"subscription": "sub_1"}, tells=EVERYBODY
        )
        for method in ("GET", "POST")
    },
    "GET sandbox-events": Page(answers=_OPEN, path=_session, tells=EVERYBODY),
    # An event that exists would be sent over the network.
    "POST sandbox-send": Page(
        answers={EVERYBODY: 404}, path=lambda _: {"event": UUID(int=1)}, tells=EVERYBODY
    ),
    "GET openapi": Page(answers=_OPEN),
    "GET api-docs": Page(answers=_OPEN),
    "GET favicon.ico": Page(answers={EVERYBODY: 302}),
    "GET staff-password": Page(answers={EVERYBODY: 302}),
}
NAMES = {name.split()[1] for name in PAGES}
# These views accept every method.
_READ_ONLY = {"api-docs", "favicon.ico", "staff-password", "start", "stream"}


def served_pages() -> Iterator[str]:
    """Every method of every page."""
    for _, pattern in routes():
        name = str(pattern.name or pattern.pattern)
        if name in NAMES:
            yield from (f"{method} {name}" for method in _methods(name, pattern.callback))


def _methods(name: str, view: Any) -> list[str]:
    if name in _READ_ONLY:
        return ["GET"]
    kind = getattr(view, "view_class", None)
    known = kind.http_method_names if kind else []
    return [m for m in methods(view) if not kind or m.lower() in known]


def open_page(world: World, name: str, browser: Any) -> Any:
    """The response to a browser that opens a page."""
    method, route = name.split()
    page = PAGES[name]
    url = "/favicon.ico" if route == "favicon.ico" else reverse(route, kwargs=page.path(world))
    return getattr(browser, method.lower())(url, page.form)

"""Every route with a call that succeeds, and a learner for whom it does."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connections, router
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from contexts.community.models import Member
from contexts.identity.adapters import tokens
from contexts.identity.models import User
from contexts.shared.database.placement.aliases import all_aliases
from tests.factories.courses import EnrollmentFactory, MemoryFactory, published_course
from tests.factories.identity import PASSWORD, UserFactory, access_token, refresh_token
from tests.integration.http.samples import billing, community, tutoring
from tests.integration.http.samples.call import Call

ENROLLMENT = UUID("01890000-0000-7000-8000-000000000001")
FOREIGN = UUID("01890000-0000-7000-8000-000000000002")
UNKNOWN = UUID("01890000-0000-7000-8000-000000000003")
SOMEBODY = UUID("01890000-0000-7000-8000-000000000005")
ATTEMPT = UUID("01890000-0000-7000-8000-000000000004")

# Pages answer in HTML, not in problems; tests/integration/identity/test_pages.py has theirs.
NOT_OURS = frozenset(
    {"start", "api-docs", "openapi", "verify-page", "reset-page"}
    | billing.PAGES
    | community.PAGES
    | tutoring.PAGES
)


def _enrolled(**more: Any) -> dict[str, Any]:
    return {"enrollment": ENROLLMENT, **more}


_ADDRESS = {"email": "new@example.org"}
CALLS: tuple[Call, ...] = (
    Call(
        route="register",
        method="POST",
        body={**_ADDRESS, "password": PASSWORD, "interface_language": "en"},
        status=202,
        roles=None,
    ),
    Call(route="resend-verification", method="POST", body=_ADDRESS, status=202, roles=None),
    Call(route="request-reset", method="POST", body=_ADDRESS, status=202, roles=None),
    Call(route="verify-address", method="POST", body={"token": "<proof>"}, status=204, roles=None),
    Call(
        route="password-reset",
        method="POST",
        body={"token": "<reset>", "password": PASSWORD},
        status=204,
        roles=None,
    ),
    Call(
        route="sign-in",
        method="POST",
        body={"email": "learner@example.org", "password": PASSWORD},
        roles=None,
    ),
    Call(route="refresh", method="POST", body={"refresh_token": "<refresh>"}, roles=None),
    Call(route="sign-out", method="POST", status=204),
    Call(route="me"),
    Call(
        route="me",
        method="PATCH",
        body={
            "display_name": "Ana",
            "country": "ES",
            "time_zone": "Europe/Madrid",
            "interface_language": "es",
        },
    ),
    Call(
        route="my-languages",
        method="PUT",
        body={"native": ["en"], "studied": [{"language": "es", "level": "A1"}]},
    ),
    Call(route="following", params=("cursor", "page_size")),
    Call(route="blocks", params=("cursor", "page_size")),
    Call(route="person", path={"person": SOMEBODY}),
    Call(route="follow", method="PUT", path={"person": SOMEBODY}, status=204),
    Call(route="follow", method="DELETE", path={"person": SOMEBODY}, status=204),
    Call(route="block", method="PUT", path={"person": SOMEBODY}, status=204),
    Call(route="block", method="DELETE", path={"person": SOMEBODY}, status=204),
    Call(route="erasure", status=404),
    Call(route="erasure", method="POST", status=202),
    Call(route="erasure", method="DELETE", status=404),
    Call(
        route="courses",
        params=("language", "source", "level", "cursor", "page_size"),
        roles=None,
    ),
    Call(route="course", path={"course": "tiny"}, roles=None),
    Call(route="unit-notes", path={"course": "tiny", "unit": "hello"}, roles=None),
    Call(route="enrollments", params=("cursor", "page_size")),
    Call(route="enrollments", method="POST", body={"course": "tiny"}, status=201),
    Call(route="enrollment", path=_enrolled()),
    Call(route="progress", path=_enrolled()),
    Call(route="next-lesson", path=_enrolled()),
    Call(route="lesson", path=_enrolled(lesson="hello.l.greet")),
    Call(route="move-on", method="POST", path=_enrolled()),
    Call(
        route="answers",
        method="POST",
        path=_enrolled(),
        body={
            "attempt_id": str(ATTEMPT),
            "exercise": "hello.e.choice",
            "answer": {"choice": "adiós"},
            "duration_ms": 1200,
        },
    ),
    Call(
        route="lesson-completion",
        method="POST",
        path=_enrolled(lesson="hello.l.greet"),
        status=409,
    ),
    Call(route="reviews", params=("enrollment", "due_before", "cursor", "page_size")),
    Call(route="my-membership", status=404),
    Call(route="event-log", path={"subject": str(ENROLLMENT)}, roles=("support",)),
    Call(
        route="graphql",
        method="POST",
        body={"query": "query a { __typename }", "variables": {}, "operationName": "a"},
        roles=None,
    ),
    Call(route="clock", roles=("admin",)),
    Call(route="clock", method="POST", body={"advance_seconds": 0}, roles=("admin",)),
    Call(route="healthz", roles=None),
    Call(route="readyz", roles=None),
    Call(route="metrics", roles=None),
)
CALLS += billing.CALLS + community.CALLS + tutoring.CALLS
API_CALLS = tuple(call for call in CALLS if call.route not in {"healthz", "readyz", "metrics"})


def each(calls: tuple[Call, ...]) -> Any:
    return pytest.mark.parametrize("call", calls, ids=str)


def named_routes() -> Iterator[str]:
    """The names of all routes beside the admin's."""
    yield from _names(get_resolver().url_patterns)


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.app_name != "admin":
                yield from _names(pattern.url_patterns)
        else:
            yield str(pattern.name or pattern.pattern)


class World:
    """A published course, a learner in it, a stranger in it, and mailed links."""

    def __init__(self) -> None:
        course = published_course()
        self.learner: User = UserFactory(email="learner@example.org")
        self.staff: User = UserFactory(roles=("support",))
        self.newcomer: User = UserFactory(verified=False)
        mine = EnrollmentFactory(id=ENROLLMENT, course=course, learner_id=self.learner.pk)
        MemoryFactory(enrollment=mine, word_key="hello.w.adios")
        EnrollmentFactory(id=FOREIGN, course=course)
        UserFactory(id=SOMEBODY)
        self.others: dict[tuple[str, ...], User] = {("learner",): self.learner}
        self.others["support",] = self.staff
        self.client = Client(raise_request_exception=False)
        for context in (billing, community, tutoring):
            context.stage(self)
        for roles in {call.roles for call in CALLS} - {None}:
            self.user(roles)

    def join_community(self) -> None:
        Member.objects.create(id=self.learner.pk)

    def headers(self, call: Call) -> dict[str, str]:
        if call.roles is None:
            return {}
        return {"Authorization": f"Bearer {access_token(self.user(call.roles))}"}

    def user(self, roles: tuple[str, ...]) -> User:
        """Somebody who has just these roles; the same one each time."""
        if roles not in self.others:
            self.others[roles] = UserFactory(roles=roles)
        return self.others[roles]

    def body(self, call: Call) -> dict[str, Any]:
        """The call's body with its tokens filled in."""
        return {name: self._token(value) for name, value in (call.body or {}).items()}

    def _token(self, value: Any) -> Any:
        if value == "<proof>":
            return tokens.verification_link_token(self.newcomer)
        if value == "<reset>":
            return tokens.reset_link_token(self.learner)
        if value == "<refresh>":
            return refresh_token(self.learner)
        return value

    def send(
        self,
        call: Call,
        raw: bytes | None = None,
        *,
        url: str | None = None,
        headers: Mapping[str, str] | None = None,
        method: str | None = None,
        content_type: str = "application/json",
    ) -> Any:
        return self.client.generic(
            method or call.method,
            url or call.url(),
            raw or b"",
            content_type=content_type,
            headers=headers
            if headers and "Authorization" in headers
            else {**self.headers(call), **(headers or {})},
        )


def stored() -> dict[str, int]:
    """How many rows every table of ours has."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("contexts.")]
    counts: dict[str, int] = {}
    for alias in all_aliases():
        here = [model._meta for model in ours if router.db_for_read(model) == alias]
        # One statement for all of them: this is asked twice a test.
        quoted = [connections[alias].ops.quote_name(meta.db_table) for meta in here]
        asked = ", ".join(f"(SELECT COUNT(*) FROM {table})" for table in quoted)
        with connections[alias].cursor() as cursor:
            cursor.execute(f"SELECT {asked}")
            counts |= dict(zip([meta.label for meta in here], cursor.fetchone(), strict=True))
    return counts


def but_sessions(counts: dict[str, int]) -> dict[str, int]:
    """Signing in to ask may leave something behind where nothing else may."""
    return {label: count for label, count in counts.items() if label != "identity.Session"}


def assert_problem(response: Any, *statuses: int) -> str:
    """The response is a problem of one of the statuses (any 4xx unless told); gives its code."""
    assert response.status_code in (statuses or range(400, 500)), response.content[:500]
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert (body["status"], body["type"]) == (response.status_code, "about:blank")
    assert body["code"].replace("_", "").isalnum()
    assert body["detail"]
    assert response["X-Request-ID"] == body["request_id"]
    code: str = body["code"]
    return code

"""What is asked, by whom, and what every answer has to be.

FUZZ_EXAMPLES says how many requests of each kind an operation gets; `make fuzz` sends many.
"""

import os
from collections.abc import Callable
from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from busuu.wsgi import application
from tests.factories.identity import access_token
from tests.factories.tutoring import on_the_hour
from tests.integration.http.samples import billing, community, tutoring
from tests.integration.http.world import ATTEMPT, ENROLLMENT, FOREIGN, SOMEBODY, World

# From so many examples on, a run is a long one and leaves nobody out.
FEW = 50
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "10"))
SCHEMA = schemathesis.openapi.from_wsgi("/api/schema", application)
OPERATIONS = {found.ok().label: found.ok() for found in SCHEMA.get_all_operations()}
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.unsupported_method,
]
# What lets a request reach further than the first check of its address.
KNOWN = {
    "course": ("tiny",),
    "enrollment": (str(ENROLLMENT), str(FOREIGN)),
    "lesson": ("hello.l.greet", "cafe.l.order"),
    "unit": ("hello", "cafe"),
    "exercise": ("hello.e.choice", "cafe.e.translate", "cafe.e.match"),
    "attempt_id": (str(ATTEMPT),),
    "person": (str(SOMEBODY), str(tutoring.TEACHING)),
    "checkout": (str(billing.CHECKOUT),),
    "subscription": (str(billing.SUBSCRIPTION),),
    "invoice": (str(billing.INVOICE),),
    "product": ("lessons-1", "lessons-5", "premium-monthly"),
    "code": ("FREE-WEEK",),
    "submission": tuple(
        str(one)
        for one in (community.WAITING, community.ANSWERED, community.OFFERED, community.HELD)
    ),
    "edit": (str(community.EDIT),),
    "correction": (str(community.CORRECTION),),
    "subject": (str(community.CORRECTION), str(community.EDIT), str(community.OFFERED)),
    "tutor": (str(tutoring.TEACHING),),
    "starts_at": (on_the_hour(days=5).isoformat(), on_the_hour(days=6).isoformat()),
    "language": ("en", "en-GB", "es"),
}
BOOKED = {"lesson": tuple(str(one) for one in (tutoring.AHEAD, tutoring.OPEN, tutoring.OVER))}
ACTORS: dict[str, tuple[str, ...]] = {
    "learner": ("learner",),
    "native": community.NATIVE,
    "tutor": tutoring.TUTOR,
    "moderator": ("moderator",),
    "staff": ("support",),
}


def headers_of(world: World, role: str) -> dict[str, str]:
    if role == "stranger":
        return {}
    return {"Authorization": f"Bearer {access_token(world.user(ACTORS[role]))}"}


def known(draw: Callable[[Any], Any], container: Any, label: str) -> None:
    """Put ids that exist in the place of half of those that were made up."""
    there = KNOWN | (BOOKED if "/tutoring/" in label else {})
    if isinstance(container, dict):
        for name in sorted(there.keys() & container.keys()):
            if draw(st.booleans()):
                container[name] = draw(st.sampled_from(there[name]))


def many(examples: int, **more: Any) -> settings:
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        **more,
    )

"""The roles that ask, the ids that exist, and the checks of every answer.

FUZZ_EXAMPLES is the number of requests of each kind for an operation; `make fuzz` sends many.
"""

import os
from collections.abc import Callable
from typing import Any

import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from tests.factories.identity import TERMS
from tests.factories.tutoring import on_the_hour
from tests.operations.billing import get_checkout, get_wallet
from tests.operations.community import get_submission, list_feed
from tests.operations.identity.people import get_person, get_profile
from tests.operations.ids import (
    AHEAD,
    ANSWERED,
    ATTEMPT,
    CHECKOUT,
    CORRECTION,
    DEVICE,
    EDIT,
    ENROLLMENT,
    FOREIGN,
    HELD,
    INVOICE,
    OFFERED,
    OPEN,
    OVER,
    SOMEBODY,
    SUBSCRIPTION,
    TEACHING,
    WAITING,
)
from tests.operations.platform import list_events_about
from tests.operations.record import Operation
from tests.operations.tutoring import get_availability, get_booked_lesson, get_tutor

# A run with this many examples is a long one and leaves no role out.
FEW = 50
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "10"))
SCHEMA = schemathesis.openapi.from_wsgi("/api/schema", WSGIHandler())
OPERATIONS = {found.ok().label: found.ok() for found in SCHEMA.get_all_operations()}
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.unsupported_method,
]
# Ids that exist let a request reach further than the first check of its address.
KNOWN: dict[str, tuple[str, ...]] = {
    "course": ("tiny",),
    "enrollment": (str(ENROLLMENT), str(FOREIGN)),
    "lesson": ("hello.l.greet", "cafe.l.order"),
    "unit": ("hello", "cafe"),
    "exercise": ("hello.e.choice", "cafe.e.translate", "cafe.e.match"),
    "attempt_id": (str(ATTEMPT),),
    "person": (str(SOMEBODY), str(TEACHING)),
    "checkout": (str(CHECKOUT),),
    "kind": ("terms", "privacy", "correction"),
    "version": (TERMS,),
    "session": (str(DEVICE),),
    "subscription": (str(SUBSCRIPTION),),
    "invoice": (str(INVOICE),),
    "product": ("lessons-1", "lessons-5", "premium-monthly"),
    "code": ("FREE-WEEK",),
    "submission": tuple(map(str, (WAITING, ANSWERED, OFFERED, HELD))),
    "edit": (str(EDIT),),
    "correction": (str(CORRECTION),),
    "subject": tuple(map(str, (CORRECTION, EDIT, OFFERED))),
    "tutor": (str(TEACHING),),
    "starts_at": (on_the_hour(days=5).isoformat(), on_the_hour(days=6).isoformat()),
    "language": ("en", "en-GB", "es"),
}
BOOKED = {"lesson": tuple(map(str, (AHEAD, OPEN, OVER)))}
# The roles that ask, each with addresses that it finds.
ACTORS: dict[str, tuple[Operation, ...]] = {
    "learner": (get_checkout, get_wallet),
    "corrector": (get_submission, list_feed),
    "teacher": (get_booked_lesson, get_availability),
    "moderator": (get_tutor, get_profile),
    "support": (list_events_about, get_person),
}


def known(draw: Callable[[Any], Any], container: Any, label: str) -> None:
    """Replace half of the made-up values by ids that exist."""
    known_ids = KNOWN | (BOOKED if "/tutoring/" in label else {})
    if isinstance(container, dict):
        for name in sorted(known_ids.keys() & container.keys()):
            if draw(st.booleans()):
                container[name] = draw(st.sampled_from(known_ids[name]))


def many(examples: int, **more: Any) -> settings:
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        **more,
    )

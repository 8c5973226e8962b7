"""Operations of the project itself: the event log, the clock, GraphQL's endpoint and the probes."""

from tests.operations.ids import LEARNER_ID
from tests.operations.record import Operation
from tests.operations.roles import ADMIN, EVERYBODY, SUPPORT
from tests.operations.ways import about, with_password_alone

list_events_about = Operation(
    rest="GET /events/{subject}",
    sample={"subject": LEARNER_ID},
    allowed=SUPPORT | ADMIN,
    others="403 permission_denied",
    tells=SUPPORT | ADMIN,
    statements=2,
    why="For staff.",
    refusals={
        "404 not_found": about(subject="a/b"),
        "403 second_factor_needed": with_password_alone,
    },
)
graphql = Operation(
    rest="POST /graphql",
    prefix="",
    sample={"query": "query a { __typename }", "variables": {}, "operationName": "a"},
    allowed=EVERYBODY,
)
get_health = Operation(rest="GET /healthz", prefix="", allowed=EVERYBODY)
get_readiness = Operation(rest="GET /readyz", prefix="", allowed=EVERYBODY)
get_metrics = Operation(rest="GET /metrics", prefix="", allowed=EVERYBODY)
get_clock = Operation(
    rest="GET /api/v1/development/clock", prefix="", allowed=ADMIN, others="403 permission_denied"
)
advance_clock = Operation(
    rest="POST /api/v1/development/clock",
    prefix="",
    sample={"advance_seconds": 0},
    allowed=ADMIN,
    others="403 permission_denied",
)

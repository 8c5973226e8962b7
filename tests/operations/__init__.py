"""One record for each operation of the API; the checks in tests/integration read all of them.

A record says who may send the operation, what it costs and how it refuses. Tests fail for an
operation without a record and for a record without an operation.
"""

from tests.operations import billing, community, courses, platform, tutoring
from tests.operations.identity import accounts, agreements, people
from tests.operations.record import Operation

OPERATIONS: dict[str, Operation] = {
    name: value
    for records in (
        accounts,
        agreements,
        people,
        courses,
        community,
        tutoring,
        billing,
        platform,
    )
    for name, value in vars(records).items()
    if isinstance(value, Operation)
}

"""The ids of the staged rows that samples name."""

from uuid import UUID


def _id(last: str) -> UUID:
    return UUID(f"01890000-0000-7000-8000-{last:0>12}")


ENROLLMENT, FOREIGN, UNKNOWN, ATTEMPT, SOMEBODY, LEARNER_ID, WRITER = (
    _id(str(number)) for number in range(1, 8)
)
DEVICE = _id("a1")
CHECKOUT, SUBSCRIPTION, INVOICE, REQUOTED = map(_id, ("b1", "b2", "b3", "b4"))
WAITING, ANSWERED, OFFERED, HELD, CORRECTION, EDIT = (_id(f"c{number}") for number in range(1, 7))
TEACHING, AHEAD, OPEN, OVER, ALONE, REPORTED = (_id(f"d{number}") for number in range(1, 7))

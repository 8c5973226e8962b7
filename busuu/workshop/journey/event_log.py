"""The events of a person that the log must have, in this order."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from busuu.workshop.journey.client import promise

REGISTERED = [
    "user_registered",
    "user_verified",
    "profile_changed",
    "learner_enrolled",
    "item_reviewed",
    "lesson_completed",
]
SERVED = [
    "user_registered",
    "user_verified",
    "profile_changed",
    "learner_enrolled",
    "writing_submitted",
    "submission_opened",
    "submission_corrected",
    "edit_accepted",
    "item_reviewed",
    "edit_disputed",
    "entitlement_changed",
    "lesson_booked",
    "lesson_booked",
    "lesson_booked",
    "lesson_canceled",
    "lesson_canceled",
    "lesson_completed",
]
FORGOTTEN = [
    "erasure_requested",
    "erasure_withdrawn",
    "erasure_requested",
    "account_ended",
    "erasure_due",
    "person_erased",
    "person_erased",
    "person_erased",
    "person_erased",
    "erasure_completed",
]


def promise_order(log: Sequence[Any], facts: Sequence[str]) -> None:
    """Check that the log is sorted by time and has these facts in order, with others between."""
    times = [datetime.fromisoformat(one["time"]) for one in log]
    promise(times == sorted(times), f"the log is sorted by time: {times}")
    found = [one["type"].split(".")[1] for one in log]
    rest = iter(found)
    missing = [fact for fact in facts if fact not in rest]
    promise(not missing, f"{missing} in order: {found}")

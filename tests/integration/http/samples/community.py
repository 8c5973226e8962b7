"""A call that succeeds for every route of community, and what must be there for it."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.test import override_settings

from contexts.community import api
from contexts.community.models import Edit, Submission
from contexts.shared.kernel import now
from tests.factories.community import ANSWERS, TEXT, MemberFactory, NativeFactory, first_edit
from tests.factories.identity import UserFactory
from tests.integration.http.samples.call import Call

# Routes that answer in HTML or otherwise not in problems; other tests have theirs.
PAGES = frozenset({"stream"})

# The learner writes; whoever has these roles speaks English natively and corrects.
NATIVE = ("learner", "tutor")
WAITING = UUID("01890000-0000-7000-8000-0000000000c1")
ANSWERED = UUID("01890000-0000-7000-8000-0000000000c2")
OFFERED = UUID("01890000-0000-7000-8000-0000000000c3")
HELD = UUID("01890000-0000-7000-8000-0000000000c4")
CORRECTION = UUID("01890000-0000-7000-8000-0000000000c5")
EDIT = UUID("01890000-0000-7000-8000-0000000000c6")

_PAGES = ("cursor", "page_size")
CALLS: tuple[Call, ...] = (
    Call(route="my-points", params=_PAGES),
    Call(route="my-reputation"),
    Call(route="submissions", params=("language", "state", *_PAGES)),
    Call(
        route="submissions",
        method="POST",
        body={"text": TEXT, "language": "en"},
        status=201,
    ),
    Call(route="submission", path={"submission": WAITING}),
    Call(
        route="submission",
        method="PATCH",
        path={"submission": WAITING},
        body={"text": "I have a cat."},
    ),
    Call(route="withdrawal", method="POST", path={"submission": WAITING}, status=204),
    Call(route="lease", method="POST", path={"submission": OFFERED}, roles=NATIVE),
    Call(route="lease", method="DELETE", path={"submission": HELD}, status=204, roles=NATIVE),
    Call(
        route="corrections",
        method="POST",
        path={"submission": HELD},
        body={"sentences": list(ANSWERS)},
        status=201,
        roles=NATIVE,
    ),
    Call(route="feed", params=("language", "level", "opened_before", *_PAGES), roles=NATIVE),
    Call(route="next-text", method="POST", roles=NATIVE),
    Call(route="acceptance", method="POST", path={"edit": EDIT}, status=204),
    Call(
        route="dispute",
        method="POST",
        path={"edit": EDIT},
        body={"reason": "I think it was right."},
        status=204,
    ),
    Call(route="replies", method="POST", path={"edit": EDIT}, body={"text": "Why?"}, status=201),
    Call(route="thanks", method="POST", path={"correction": CORRECTION}, status=204),
    Call(route="notifications", params=("unread", "kind", *_PAGES)),
    Call(route="unread-notifications"),
    Call(route="open-stream", method="POST", status=201),
    Call(route="read-notifications", method="POST"),
    Call(
        route="reports",
        method="POST",
        body={"kind": "correction", "subject": str(CORRECTION), "reason": "spam"},
        status=201,
    ),
)


def stage(world: Any) -> None:
    """Put what the calls ask for into the world of tests/integration/http/world.py."""
    native = world.others[NATIVE] = UserFactory(roles=NATIVE)
    NativeFactory(id=native.pk)
    other = MemberFactory().pk
    for submission_id, writer_id in (
        (WAITING, world.learner.pk),
        (ANSWERED, world.learner.pk),
        (OFFERED, other),
        (HELD, other),
    ):
        api.submit(
            submission_id=submission_id,
            writer_id=writer_id,
            text=TEXT,
            language="en",
            question="",
            now=now(),
        )
    api.take(submission_id=ANSWERED, member_id=native.pk, now=now())
    api.correct(
        correction_id=CORRECTION,
        submission_id=ANSWERED,
        corrector_id=native.pk,
        answers=[api.answer_of(one) for one in ANSWERS],
        comment="Well done!",
        now=now(),
    )
    Edit.objects.filter(pk=first_edit(CORRECTION).pk).update(id=EDIT)
    api.take(submission_id=HELD, member_id=native.pk, now=now())


def _send(world: Any, call: Call, **changes: Any) -> Any:
    whole = {**world.body(call), **changes}
    return world.send(call, json.dumps(whole).encode() if whole else None)


def _with(**changes: Any) -> Callable[[Any, Call], Any]:
    return lambda world, call: _send(world, call, **changes)


def _over_the_limit(name: str) -> Callable[[Any, Call], Any]:
    def send(world: Any, call: Call) -> Any:
        with override_settings(COMMUNITY={**settings.COMMUNITY, name: 0}):
            return _send(world, call)

    return send


def _as_writer(world: Any, call: Call) -> Any:
    mine = Call(route=call.route, method=call.method, path={"submission": WAITING}, body=call.body)
    return _send(world, mine)


def _key_twice(world: Any, call: Call) -> Any:
    headers = {**world.headers(call), "Idempotency-Key": "one"}
    assert world.send(call, headers=headers).status_code < 300
    return world.send(call, b'{"another": "request"}', headers=headers)


def _while_taken(world: Any, call: Call) -> Any:
    Submission.objects.filter(pk=call.path["submission"]).update(leased_until=None)
    native = NativeFactory()
    api.take(submission_id=call.path["submission"], member_id=native.pk, now=now())
    return _send(world, call)


def _after_release(world: Any, call: Call) -> Any:
    native = world.user(NATIVE)
    api.release(submission_id=HELD, member_id=native.pk)
    return _send(world, call)


def _after_the_other(world: Any, call: Call) -> Any:
    decided = {"edit_id": EDIT, "writer_id": world.learner.pk, "now": now()}
    if call.route == "dispute":
        api.accept(**decided)
    else:
        api.dispute(**decided, reason="")
    return _send(world, call)


def _with_nothing_waiting(world: Any, call: Call) -> Any:
    Submission.objects.update(round=None)
    return world.send(call)


_ADDRESS = "Write to me: ana@example.org"
# How an operation comes to a documented status, where the general ways of
# tests/integration/http/test_documented_statuses.py do not lead there.
OWN: dict[tuple[str, int], Callable[[Any, Call], Any]] = {
    ("submit_text", 409): _over_the_limit("SUBMISSIONS_PER_DAY"),
    ("submit_text", 422): _with(text=" "),
    ("rewrite_submission", 409): _while_taken,
    ("rewrite_submission", 422): _with(text=" "),
    ("withdraw_submission", 422): _key_twice,
    ("take_submission", 403): _as_writer,
    ("take_submission", 409): _while_taken,
    ("take_submission", 422): _key_twice,
    ("release_submission", 403): _as_writer,
    ("take_next_submission", 404): _with_nothing_waiting,
    ("take_next_submission", 422): _key_twice,
    ("correct_submission", 403): _as_writer,
    ("correct_submission", 409): _after_release,
    ("correct_submission", 422): _with(sentences=[{"index": 0, "perfect": True}]),
    ("accept_edit", 409): _after_the_other,
    ("accept_edit", 422): _key_twice,
    ("dispute_edit", 409): _after_the_other,
    ("dispute_edit", 422): _with(reason=_ADDRESS),
    ("reply_to_edit", 409): _over_the_limit("REPLIES_PER_DAY"),
    ("reply_to_edit", 422): _with(text=_ADDRESS),
    ("thank_for_correction", 422): _key_twice,
    ("read_notifications", 422): _key_twice,
    ("report", 404): _with(subject=str(WAITING)),
    ("report", 409): _over_the_limit("REPORTS_PER_DAY"),
}


def _about_myself(world: Any, call: Call) -> Any:
    return _send(world, call, kind="submission", subject=str(WAITING))


OWN["report", 422] = _about_myself

"""Operations on texts, corrections, edits, notifications and reports."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from contexts.community import api
from contexts.shared.kernel import now
from tests.factories.community import ANSWERS, TEXT
from tests.factories.identity import access_token
from tests.operations.ids import ANSWERED, CORRECTION, EDIT, HELD, OFFERED, WAITING
from tests.operations.record import Operation
from tests.operations.roles import CORRECTOR, LEARNER, NATIVES, OTHER, SIGNED_IN
from tests.operations.staging.community import answers
from tests.operations.ways import after, body, by, limited
from tests.operations.world import World

_ADDRESS = "Write to me: ana@example.org"
_AS_WRITER = by(LEARNER, submission=WAITING)


def _take(submission_id: UUID) -> Callable[[World], Any]:
    return lambda world: api.take(
        submission_id=submission_id, member_id=world.people["other"].pk, now=now()
    )


def _release(world: World) -> None:
    api.release(submission_id=HELD, member_id=world.people["corrector"].pk)


def _accept(world: World) -> None:
    api.accept(edit_id=EDIT, writer_id=world.learner.pk, now=now())


def _dispute(world: World) -> None:
    api.dispute(edit_id=EDIT, writer_id=world.learner.pk, reason="", now=now())


def _as_no_member(world: World, operation: Operation) -> Any:
    token = access_token(world.newcomer)
    return world.send(operation, headers={"Authorization": f"Bearer {token}"})


get_membership = Operation(
    rest="GET /community/me",
    graphql="membership",
    allowed=SIGNED_IN,
    statements=1,
    refusals={"404 member_unknown": _as_no_member},
)
list_points = Operation(
    rest="GET /community/me/points", graphql="points", allowed=SIGNED_IN, by=CORRECTOR, statements=1
)
get_reputation = Operation(
    rest="GET /community/me/reputation",
    graphql="reputation",
    allowed=SIGNED_IN,
    by=CORRECTOR,
    statements=2,
)
list_submissions = Operation(
    rest="GET /community/submissions",
    graphql="submissions",
    allowed=SIGNED_IN,
    statements=2,
    graphql_statements=9,
)
submit_text = Operation(
    rest="POST /community/submissions",
    graphql="submitText",
    sample={"text": TEXT, "language": "en"},
    status=201,
    allowed=SIGNED_IN,
    statements=9,
    graphql_statements=15,
    graphql_why="It shows the text, as get_submission does.",
    refusals={"409 daily_limit": limited("SUBMISSIONS_PER_DAY"), "422 text_empty": body(text=" ")},
)
get_submission = Operation(
    rest="GET /community/submissions/{submission}",
    graphql="submission(id: $submission)",
    sample={"submission": ANSWERED},
    allowed=LEARNER | NATIVES,
    others="404 submission_not_found",
    statements=7,
    graphql_statements=9,
    why="A text with its lease, blocks, corrections, edits, replies and people.",
)
rewrite_submission = Operation(
    rest="PATCH /community/submissions/{submission}",
    graphql="rewriteText",
    sample={"submission": WAITING, "text": "I have a cat."},
    allowed=LEARNER,
    others="404 submission_not_found",
    statements=8,
    graphql_statements=14,
    graphql_why="It shows the text, as get_submission does.",
    refusals={"409 text_locked": after(_take(WAITING)), "422 text_empty": body(text=" ")},
)
withdraw_submission = Operation(
    rest="POST /community/submissions/{submission}/withdrawal",
    graphql="withdrawText",
    sample={"submission": WAITING},
    status=204,
    allowed=LEARNER,
    others="404 submission_not_found",
    statements=4,
    graphql_statements=12,
)
take_submission = Operation(
    rest="POST /community/submissions/{submission}/lease",
    graphql="takeText",
    sample={"submission": OFFERED},
    allowed=NATIVES,
    by=CORRECTOR,
    others="404 submission_not_found",
    moves=frozenset({"community.Submission"}),
    statements=6,
    graphql_statements=14,
    graphql_why="It shows the text, as get_submission does.",
    refusals={"403 own_text": _AS_WRITER, "409 taken": after(_take(OFFERED))},
)
release_submission = Operation(
    rest="DELETE /community/submissions/{submission}/lease",
    graphql="releaseText",
    sample={"submission": HELD},
    status=204,
    allowed=NATIVES,
    by=CORRECTOR,
    others="404 submission_not_found",
    statements=5,
    refusals={"403 own_text": _AS_WRITER},
)
correct_submission = Operation(
    rest="POST /community/submissions/{submission}/corrections",
    graphql="correctText",
    sample={"submission": HELD, "sentences": list(ANSWERS)},
    much=lambda size: {"sentences": answers(size)},
    status=201,
    allowed=CORRECTOR,
    others="404 submission_not_found",
    but={OTHER: "409 taken"},
    statements=12,
    graphql_statements=22,
    graphql_why="It shows the text, as get_submission does, with the new correction.",
    refusals={
        "403 own_text": _AS_WRITER,
        "409 not_taken": after(_release),
        "422 sentences_differ": body(sentences=[{"index": 0, "perfect": True}]),
    },
)
list_feed = Operation(
    rest="GET /community/feed",
    graphql="feed",
    allowed=SIGNED_IN,
    by=CORRECTOR,
    statements=2,
    graphql_statements=8,
)
take_next_submission = Operation(
    rest="POST /community/next",
    graphql="takeNextText",
    allowed=NATIVES,
    by=OTHER,
    others="404 nothing_to_correct",
    moves=frozenset({"community.Submission"}),
    statements=9,
    graphql_statements=17,
    graphql_why="It searches, sometimes first among texts that wait long, and shows the text.",
)
accept_edit = Operation(
    rest="POST /community/edits/{edit}/acceptance",
    graphql="acceptEdit",
    sample={"edit": EDIT},
    status=204,
    allowed=LEARNER,
    others="404 edit_not_found",
    statements=12,
    refusals={"409 already_decided": after(_dispute)},
)
dispute_edit = Operation(
    rest="POST /community/edits/{edit}/dispute",
    graphql="disputeEdit",
    sample={"edit": EDIT, "reason": "I think it was right."},
    status=204,
    allowed=LEARNER,
    others="404 edit_not_found",
    statements=10,
    refusals={"409 already_decided": after(_accept), "422 contact_details": body(reason=_ADDRESS)},
)
reply_to_edit = Operation(
    rest="POST /community/edits/{edit}/replies",
    graphql="replyToEdit",
    sample={"edit": EDIT, "text": "Why?"},
    status=201,
    allowed=LEARNER | CORRECTOR,
    others="404 edit_not_found",
    statements=8,
    refusals={
        "409 daily_limit": limited("REPLIES_PER_DAY"),
        "422 contact_details": body(text=_ADDRESS),
    },
)
thank_for_correction = Operation(
    rest="POST /community/corrections/{correction}/thanks",
    graphql="thankForCorrection",
    sample={"correction": CORRECTION},
    status=204,
    allowed=LEARNER,
    others="404 correction_not_found",
    statements=8,
)
list_notifications = Operation(
    rest="GET /community/notifications", graphql="notifications", allowed=SIGNED_IN, statements=2
)
count_unread_notifications = Operation(
    rest="GET /community/notifications/unread",
    graphql="unreadNotifications",
    allowed=SIGNED_IN,
    statements=1,
)
read_notifications = Operation(
    rest="POST /community/notifications/read",
    graphql="readNotifications",
    allowed=SIGNED_IN,
    statements=2,
)
open_stream = Operation(
    rest="POST /community/stream", graphql="openStream", status=201, allowed=SIGNED_IN, statements=1
)
report = Operation(
    rest="POST /community/reports",
    graphql="report",
    sample={"kind": "correction", "subject": CORRECTION, "reason": "spam"},
    status=201,
    allowed=LEARNER | OTHER,
    others="404 report_subject_not_found",
    but={CORRECTOR: "422 own_doing"},
    statements=12,
    refusals={
        "404 report_subject_not_found": body(subject=str(WAITING)),
        "409 daily_limit": limited("REPORTS_PER_DAY"),
        "422 own_doing": body(kind="submission", subject=str(WAITING)),
    },
)

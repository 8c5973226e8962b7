"""The door to community: every use case, and what it may raise."""

from contexts.community.api.fabricating import fabricate
from contexts.community.api.moderation import (
    KINDS,
    REASONS,
    CaseNotFound,
    OwnDoing,
    SubjectNotFound,
    decide,
    report,
)
from contexts.community.api.notifications import notify, purge_notifications, read_notifications
from contexts.community.api.people import PEOPLE, note_lesson
from contexts.community.api.streams import (
    InvalidTicket,
    StreamAddress,
    open_stream,
    purge_tickets,
    redeem_ticket,
)
from contexts.community.api.texts import (
    AcceptedEdit,
    accept,
    accepted_edit,
    answer_of,
    correct,
    dispute,
    keep_draft,
    make_draft,
    open_draft,
    prepare_drafts,
    release,
    reply,
    rewrite,
    submit,
    sweep,
    take,
    take_next,
    thank,
    withdraw,
)
from contexts.community.domain.corrections import (
    Answer,
    CorrectionNotFound,
    NothingChanged,
    PerfectWithEdits,
    Proposed,
    SentencesDiffer,
)
from contexts.community.domain.reviewing import AlreadyDecided, EditNotFound
from contexts.community.domain.submissions import (
    AlreadyCorrected,
    NothingToCorrect,
    NotOffered,
    NotTaken,
    OwnText,
    SubmissionIdReused,
    SubmissionNotFound,
    Taken,
    TextLocked,
)
from contexts.community.domain.texts import (
    LONGEST_TEXT,
    ContactDetails,
    DailyLimit,
    TextEmpty,
    TextTooLong,
)

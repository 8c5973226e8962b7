"""The door to community: every use case, and what it may raise."""

from contexts.community.adapters.corrections import OrmCorrections
from contexts.community.adapters.drafts import OrmDrafts, configured_engine
from contexts.community.adapters.limits import ConfiguredLimits
from contexts.community.adapters.members import IdentityLevels, members
from contexts.community.adapters.reputation import OrmStandings
from contexts.community.adapters.submissions import OrmSubmissions
from contexts.community.application.corrections import Corrections
from contexts.community.application.drafts import Drafts
from contexts.community.application.edits import Edits
from contexts.community.application.submissions import Submissions
from contexts.community.application.turns import Turns
from contexts.community.domain.corrections import (
    Answer,
    CorrectionNotFound,
    NothingChanged,
    PerfectWithEdits,
    Proposed,
    SentencesDiffer,
)
from contexts.community.domain.edits import AlreadyDecided, EditNotFound
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
from contexts.community.events import PersonErased
from contexts.community.queries.edits import AcceptedEdit, accepted_edit
from contexts.community.services import (
    fabrication,
    moderation,
    notifications,
    privacy,
    streams,
)
from contexts.community.services import (
    members as _members,
)
from contexts.community.services.moderation import (
    KINDS,
    REASONS,
    CaseNotFound,
    Kind,
    OwnDoing,
    Reason,
    SubjectNotFound,
)
from contexts.community.services.streams import InvalidTicket, Stream, Ticket
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.people.people import People

atomic = for_context("community")
_submissions = Submissions(
    submissions=OrmSubmissions(), limits=ConfiguredLimits(), levels=IdentityLevels()
)
_turns = Turns(submissions=OrmSubmissions())
_corrections = Corrections(
    submissions=OrmSubmissions(),
    corrections=OrmCorrections(),
    standings=OrmStandings(),
    limits=ConfiguredLimits(),
)
_edits = Edits(corrections=OrmCorrections(), standings=OrmStandings(), limits=ConfiguredLimits())
_drafts = Drafts(drafts=OrmDrafts(), engine=configured_engine, atomic=atomic)

keep_draft = atomic(_submissions.keep_draft)
open_draft = atomic(_submissions.open_draft)
submit = atomic(_submissions.submit)
rewrite = atomic(_submissions.rewrite)
withdraw = atomic(_submissions.withdraw)
sweep = atomic(_submissions.sweep)

take = atomic(_turns.take)
take_next = atomic(_turns.take_next)
release = atomic(_turns.release)

correct = atomic(_corrections.correct)
thank = atomic(_corrections.thank)
accept = atomic(_edits.accept)
dispute = atomic(_edits.dispute)
reply = atomic(_edits.reply)

make_draft = _drafts.make_draft
prepare_drafts = _drafts.prepare

report = atomic(moderation.report)
decide = atomic(moderation.decide)

notify = atomic(notifications.notify)
read_notifications = atomic(notifications.read_notifications)
purge_notifications = notifications.purge_notifications

open_stream = atomic(streams.open_stream)
redeem_ticket = atomic(streams.redeem_ticket)
open_sessions = streams.open_sessions
purge_tickets = streams.purge_tickets

note_lesson = atomic(_members.note_lesson)
fabricate = atomic(fabrication.fabricate)

PEOPLE = People(
    directory=members,
    noun="member",
    columns=privacy.COLUMNS,
    export=privacy.export_person,
    erase=privacy.erase,
    erased=PersonErased,
)

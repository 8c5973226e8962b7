from contextlib import suppress

from contexts.billing.events import PersonErased as BillingErased
from contexts.community.events import MemberKept, MemberRemoved
from contexts.community.events import PersonErased as CommunityErased
from contexts.courses.events import PersonErased as CoursesErased
from contexts.identity import api
from contexts.identity.events import (
    DataExportRequested,
    ErasureDue,
    PasswordResetRequested,
    RegistrationRepeated,
    UserRegistered,
    UserVerified,
)
from contexts.shared.kernel import now
from contexts.shared.messaging.registry import subscribe
from contexts.tutoring.events import PersonErased as TutoringErased
from contexts.tutoring.events import TutorApproved


@subscribe(UserRegistered)
def mail_verification_link(event: UserRegistered) -> None:
    api.mail_verification(user_id=event.user_id, now=event.occurred_at)


@subscribe(RegistrationRepeated)
def mail_account_exists(event: RegistrationRepeated) -> None:
    api.mail_registration_repeated(user_id=event.user_id, now=event.occurred_at)


@subscribe(PasswordResetRequested)
def mail_reset_link(event: PasswordResetRequested) -> None:
    api.mail_password_reset(user_id=event.user_id, now=event.occurred_at)


@subscribe(UserVerified)
def publish_consents(event: UserVerified) -> None:
    api.publish_consents(user_id=event.user_id, now=event.occurred_at)


@subscribe(DataExportRequested)
def build_export(event: DataExportRequested) -> None:
    api.build_export(export_id=event.export_id, now=now())


@subscribe(MemberRemoved)
def suspend_removed_member(event: MemberRemoved) -> None:
    api.suspend_account(user_id=event.member_id, reason=event.reason, now=event.occurred_at)


@subscribe(MemberKept)
def restore_kept_member(event: MemberKept) -> None:
    api.restore_account(user_id=event.member_id, now=event.occurred_at)


@subscribe(ErasureDue)
def erase_account(event: ErasureDue) -> None:
    api.confirm_erasure(user_id=event.user_id, context="identity", now=event.occurred_at)


@subscribe(CoursesErased)
def note_erased_by_courses(event: CoursesErased) -> None:
    api.confirm_erasure(user_id=event.person_id, context="courses", now=event.occurred_at)


@subscribe(CommunityErased)
def note_erased_by_community(event: CommunityErased) -> None:
    api.confirm_erasure(user_id=event.person_id, context="community", now=event.occurred_at)


@subscribe(TutoringErased)
def note_erased_by_tutoring(event: TutoringErased) -> None:
    api.confirm_erasure(user_id=event.person_id, context="tutoring", now=event.occurred_at)


@subscribe(BillingErased)
def note_erased_by_billing(event: BillingErased) -> None:
    api.confirm_erasure(user_id=event.person_id, context="billing", now=event.occurred_at)


@subscribe(TutorApproved)
def make_tutor(event: TutorApproved) -> None:
    # A person who has left meanwhile needs no role.
    with suppress(api.UnknownPerson):
        api.grant_role(user_id=event.tutor_id, role="tutor", now=event.occurred_at)

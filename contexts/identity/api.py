"""The door to identity: every use case, and what it may raise."""

from contexts.identity.domain.consents import PurposeNamedTwice
from contexts.identity.domain.legal import TermsNotAgreed, TermsNotCurrent, UnknownVersion
from contexts.identity.domain.names import MalformedName, UnknownCountry, known_country, sound_name
from contexts.identity.domain.profiles import (
    LanguageNamedTwice,
    TooManyLanguages,
    UnknownPerson,
    UnknownTimeZone,
)
from contexts.identity.queries.profiles import PublicProfile, Studied, public_profile
from contexts.identity.queries.sessions import open_sessions
from contexts.identity.services.accounts import (
    AddressNotVerified,
    InvalidAddress,
    InvalidLink,
    WeakPassword,
    WrongCredentials,
    check_reset_link,
    end_account,
    request_password_reset,
    reset_password,
)
from contexts.identity.services.agreements import agree, has_ever_agreed, purge_agreements
from contexts.identity.services.announcements import (
    AlreadyInThePast,
    announce_batch,
    announce_version,
)
from contexts.identity.services.consents import publish_consents, set_consents
from contexts.identity.services.contacts import (
    NotYourself,
    PeopleApart,
    all_blocks,
    block,
    blocks,
    everybody,
    follow,
    unblock,
    unfollow,
)
from contexts.identity.services.credentials import (
    AddressTaken,
    WrongPassword,
    change_password,
    check_address_link,
    confirm_address,
    request_address_change,
)
from contexts.identity.services.erasures import (
    ErasureUnderWay,
    NoErasure,
    confirm_erasure,
    request_erasure,
    start_due_erasures,
    withdraw_erasure,
)
from contexts.identity.services.exports import (
    NoExport,
    archive_of,
    build_export,
    purge_exports,
    request_export,
)
from contexts.identity.services.fabrication import fabricate, password_hash
from contexts.identity.services.mails import (
    mail_password_reset,
    mail_recipient,
    mail_registration_repeated,
    mail_verification,
)
from contexts.identity.services.page_sessions import PageSession, open_page_session, page_session
from contexts.identity.services.privacy import erase_person, export_person
from contexts.identity.services.profiles import (
    change_profile,
    find_person,
    is_time_zone,
    set_languages,
)
from contexts.identity.services.registering import (
    create_person,
    link_asks_password,
    register,
    resend_verification,
    verify_address,
)
from contexts.identity.services.roles import (
    ROLES,
    STAFF_ROLES,
    UnknownRole,
    grant_role,
    revoke_role,
)
from contexts.identity.services.second_factors import (
    NoSecondFactor,
    WrongCode,
    is_admitted,
    prove,
    renew_recovery_codes,
    reseal_second_factors,
    reset_second_factor,
)
from contexts.identity.services.sessions import (
    DEVICE_LIFETIME,
    InvalidRefreshToken,
    SessionNotFound,
    SignedIn,
    TokenPair,
    authenticate,
    end_other_sessions,
    end_session,
    purge_sessions,
    refresh,
    sign_in,
    sign_out,
    token_after_sign_in,
)
from contexts.identity.services.sign_ins import note_refusal
from contexts.identity.services.staff_enrollments import (
    EnrollmentForm,
    NotStaff,
    create_staff,
    enroll,
    enrollment_form,
    renew_enrollment,
    send_enrollment_link,
)
from contexts.identity.services.suspensions import (
    Suspended,
    restore_account,
    suspend_account,
)

"""The door to identity: every use case, and what it may raise."""

from contexts.identity.api.accounts import (
    AddressNotVerified,
    InvalidAddress,
    InvalidLink,
    WeakPassword,
    WrongCredentials,
    create_person,
    end_account,
    register,
    request_password_reset,
    resend_verification,
    reset_password,
    verify_address,
)
from contexts.identity.api.erasures import (
    ErasureUnderWay,
    NoErasure,
    confirm_erasure,
    request_erasure,
    start_due_erasures,
    withdraw_erasure,
)
from contexts.identity.api.fabricating import fabricate, password_hash
from contexts.identity.api.mails import (
    mail_password_reset,
    mail_registration_repeated,
    mail_verification,
)
from contexts.identity.api.names import MalformedName, UnknownCountry, known_country, sound_name
from contexts.identity.api.people import (
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
from contexts.identity.api.privacy import erase_person, export_person
from contexts.identity.api.profiles import (
    LanguageNamedTwice,
    PublicProfile,
    StudiedLanguage,
    TooManyLanguages,
    UnknownPerson,
    UnknownTimeZone,
    change_profile,
    find_person,
    is_time_zone,
    public_profile,
    set_languages,
)
from contexts.identity.api.roles import ROLES, UnknownRole, grant_role, revoke_role
from contexts.identity.api.sessions import (
    InvalidRefreshToken,
    TokenPair,
    authenticate,
    purge_sessions,
    refresh,
    sign_in,
    sign_out,
)

"""The door to identity: every use case, and what it may raise."""

from contexts.identity.api.accounts import (
    AddressNotVerified,
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
from contexts.identity.api.mails import (
    mail_password_reset,
    mail_registration_repeated,
    mail_verification,
)
from contexts.identity.api.privacy import erase_person, export_person
from contexts.identity.api.profiles import (
    PublicProfile,
    StudiedLanguage,
    UnknownPerson,
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

__all__ = [
    "ROLES",
    "AddressNotVerified",
    "InvalidLink",
    "InvalidRefreshToken",
    "PublicProfile",
    "StudiedLanguage",
    "TokenPair",
    "UnknownPerson",
    "UnknownRole",
    "WeakPassword",
    "WrongCredentials",
    "authenticate",
    "change_profile",
    "create_person",
    "end_account",
    "erase_person",
    "export_person",
    "find_person",
    "grant_role",
    "is_time_zone",
    "mail_password_reset",
    "mail_registration_repeated",
    "mail_verification",
    "public_profile",
    "purge_sessions",
    "refresh",
    "register",
    "request_password_reset",
    "resend_verification",
    "reset_password",
    "revoke_role",
    "set_languages",
    "sign_in",
    "sign_out",
    "verify_address",
]

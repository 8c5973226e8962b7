"""The read side of identity: frozen DTOs and querysets."""

from contexts.identity.queries.agreements import (
    Agreement,
    NeededAgreement,
    agreement,
    agreements_needed,
    agreements_of,
)
from contexts.identity.queries.announcements import Announced, announced
from contexts.identity.queries.consents import TEXTS, Consent, Purpose, consents_of
from contexts.identity.queries.contacts import (
    Known,
    Person,
    blocked,
    blocked_person,
    followed_person,
    following,
    person,
)
from contexts.identity.queries.erasures import Erasure, erased_since, erasure
from contexts.identity.queries.exports import DataExport, data_export
from contexts.identity.queries.legal import (
    LegalKind,
    LegalText,
    LegalVersion,
    current_document,
    legal_faults,
    legal_text,
    legal_versions,
    versions_of,
)
from contexts.identity.queries.profiles import (
    Country,
    InterfaceLanguage,
    Profile,
    PublicProfile,
    Studied,
    TimeZone,
    profile,
    public_profile,
)
from contexts.identity.queries.second_factors import Factor, StaffMember, second_factor, staff
from contexts.identity.queries.sessions import OpenSession, open_session, open_sessions_of

from contexts.identity.models.accounts import LEVELS, SpokenLanguage, User, UserManager
from contexts.identity.models.contacts import Block, Follow
from contexts.identity.models.credentials import AddressChange, DataExport, Session, StaffEnrollment
from contexts.identity.models.erasures import Erasure
from contexts.identity.models.legal import Agreement, Announcement, Consent, FinalRow

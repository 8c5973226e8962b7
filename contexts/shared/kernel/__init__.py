"""The shared kernel: types that every context uses. Pure Python, no Django, no I/O."""

from contexts.shared.kernel.addresses import address_key
from contexts.shared.kernel.clock import now
from contexts.shared.kernel.errors import (
    Conflict,
    DomainError,
    ErrorKind,
    Forbidden,
    Invalid,
    NotFound,
    Unauthenticated,
)
from contexts.shared.kernel.events import Aggregate, Event
from contexts.shared.kernel.ids import first_id_at, new_id
from contexts.shared.kernel.languages import LanguageTag, Level, UnknownLanguage
from contexts.shared.kernel.money import Money
from contexts.shared.kernel.text import has_visible

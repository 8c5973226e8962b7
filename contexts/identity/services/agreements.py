"""Agreeing to our terms. Rows are only added."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.conf import settings

from contexts.identity.domain.legal import TERMS, Document, TermsNotAgreed, TermsNotCurrent
from contexts.identity.domain.profiles import UnknownPerson
from contexts.identity.models import Agreement, Consent, User
from contexts.identity.queries.legal import agreeable_terms, current_document
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.statements.purging import purge_rows
from contexts.shared.database.transactions.atomic import for_context

atomic = for_context("identity")


@atomic
def agree(*, user_id: UUID, version: str, face: str, language: str, now: datetime) -> None:
    """Agree to the terms in force, or to a version to come. Does nothing if agreed.

    Raises UnknownPerson, TermsNotAgreed, TermsNotCurrent.
    """
    document = _agreeable(version, now=now)
    # Two requests at once wait here for each other.
    if not User.objects.select_for_update().filter(pk=user_id, is_active=True).first():
        raise UnknownPerson
    if not Agreement.objects.filter(user_id=user_id, kind=TERMS, version=version).exists():
        record_agreement(user_id, document, face=face, language=language, now=now)


def current_terms(version: str, *, now: datetime) -> Document:
    """Return the terms in force, if this is their version. Raises TermsNotAgreed, TermsNotCurrent.

    A client shows an old text for a while, and nobody can agree to a text that they did not see.
    """
    current = current_document(TERMS, now=now)
    if version == current.version:
        return current
    raise (TermsNotCurrent if version else TermsNotAgreed)(current=current.version)


def _agreeable(version: str, *, now: datetime) -> Document:
    for one in agreeable_terms(now=now):
        if one.version == version:
            return one
    return current_terms(version, now=now)


def record_agreement(
    user_id: UUID, document: Document, *, face: str, language: str, now: datetime
) -> None:
    """Add the row, with the language in which the text was shown."""
    shown = document.language(language)
    Agreement.objects.create(
        user_id=user_id,
        kind=document.kind,
        version=document.version,
        digest=sha256(document.texts[shown].encode()).hexdigest(),
        at=now,
        face=face,
        language=shown,
    )


def has_ever_agreed(*, user_id: UUID) -> bool:
    """Whether a person has agreed to any version."""
    return Agreement.objects.filter(user_id=user_id).exists()


def keep_as_proof(user_id: UUID, *, now: datetime) -> None:
    """Let the rows of an erased person end. Until then they prove what was agreed, by an id."""
    until = now + settings.RETENTION["agreements"]
    for model in (Agreement, Consent):
        model.objects.filter(user_id=user_id, keep_until=None).update(keep_until=until)


def purge_agreements(*, now: datetime) -> None:
    """Delete the agreements and consents of people who were erased long ago."""
    for model in (Agreement, Consent):
        purge_rows(model.objects.filter(keep_until__lte=now), using=alias_of("identity"))

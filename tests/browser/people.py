"""People who sign in to pages with a password."""

from uuid import UUID

from contexts.identity import api as identity
from contexts.shared.kernel import new_id, now
from tests.factories.identity import TERMS


def person_who_agreed(*, email: str, password: str, display_name: str) -> UUID:
    """Return the id of a verified person who has agreed to the terms."""
    person_id = identity.create_person(
        user_id=new_id(), email=email, password=password, display_name=display_name, now=now()
    )
    identity.agree(user_id=person_id, version=TERMS, face="console", language="en", now=now())
    return person_id

"""A few people to sign in as. In development only."""

from dataclasses import dataclass

from django.conf import settings

from contexts.identity import api as identity
from contexts.shared.kernel import new_id, now

PASSWORD = "learn-with-us"  # noqa: S105 - published on the start page, in development only


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    email: str
    name: str
    about: str
    native: tuple[str, ...]
    studied: tuple[tuple[str, str], ...] = ()
    roles: tuple[str, ...] = ()
    time_zone: str = "UTC"


PEOPLE = (
    Person(
        email="emma@demo.example",
        name="Emma",
        about="a learner of Spanish who speaks English",
        native=("en",),
        studied=(("es", "A1"),),
        time_zone="Europe/London",
    ),
    Person(
        email="mateo@demo.example",
        name="Mateo",
        about="a learner of English who speaks Spanish",
        native=("es",),
        studied=(("en", "A1"),),
        time_zone="America/Bogota",
    ),
    Person(
        email="lucia@demo.example",
        name="Lucía",
        about="a tutor of Spanish",
        native=("es",),
        studied=(("en", "B2"),),
        roles=("tutor",),
        time_zone="Europe/Madrid",
    ),
    Person(
        email="sam@demo.example",
        name="Sam",
        about="staff: support and moderation",
        native=("en",),
        roles=("support", "moderator"),
    ),
    Person(
        email="admin@demo.example",
        name="Admin",
        about="staff: everything, also in the admin",
        native=("en",),
        roles=("admin",),
    ),
)


class NotInDevelopment(RuntimeError):
    """Demo people have a published password."""


def load() -> int:
    """Make the demo people that are missing. Returns how many. Raises NotInDevelopment."""
    if not settings.DEVELOPMENT:
        raise NotInDevelopment
    return sum(_load(person) for person in PEOPLE)


def _load(person: Person) -> bool:
    wanted = new_id()
    user_id = identity.create_person(
        user_id=wanted,
        email=person.email,
        password=PASSWORD,
        display_name=person.name,
        now=now(),
    )
    if user_id != wanted:
        return False
    changes = {"time_zone": person.time_zone}
    identity.change_profile(user_id=user_id, changes=changes, now=now())
    studied = [identity.StudiedLanguage(language=tag, level=level) for tag, level in person.studied]
    identity.set_languages(user_id=user_id, native=person.native, studied=studied, now=now())
    for role in person.roles:
        identity.grant_role(user_id=user_id, role=role, now=now())
    return True

"""Demo people to sign in as, in development only."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from contexts.identity import api as identity
from contexts.identity import queries
from contexts.shared.kernel import Level, new_id, now
from contexts.tutoring import api as tutoring

PASSWORD = "learn-with-us"  # noqa: S105 - shown on the start page, in development only


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    email: str
    name: str
    about: str
    native: tuple[str, ...]
    studied: tuple[tuple[str, str], ...] = ()
    roles: tuple[str, ...] = ()
    time_zone: str = "UTC"
    teaches: str = ""
    introduction: str = ""


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
        time_zone="Europe/Madrid",
        teaches="es",
        introduction="Hola, soy Lucía. Let's talk about your day, slowly and in Spanish.",
    ),
    Person(
        email="oliver@demo.example",
        name="Oliver",
        about="a tutor of English",
        native=("en",),
        studied=(("es", "B1"),),
        time_zone="America/New_York",
        teaches="en",
        introduction="I have taught beginners for years: bring your questions.",
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


# Canceling is free until a day ahead. Then it costs the whole credit.
POLICY = next(iter(tutoring.POLICIES))


class NotInDevelopment(RuntimeError):
    """Refused: everybody knows the password of the demo people."""


def load() -> int:
    """Create the missing demo people. Returns their number. Raises NotInDevelopment."""
    if not settings.DEVELOPMENT:
        raise NotInDevelopment
    return sum(_load(person) for person in PEOPLE)


def _load(person: Person) -> bool:
    fresh_id = new_id()
    user_id = identity.create_person(
        user_id=fresh_id,
        email=person.email,
        password=PASSWORD,
        display_name=person.name,
        now=now(),
    )
    if not identity.has_ever_agreed(user_id=user_id):
        _agree(user_id)
    if user_id != fresh_id:
        return False
    changes = {"time_zone": person.time_zone}
    identity.change_profile(user_id=user_id, changes=changes, now=now())
    studied = [identity.Studied(language=tag, level=Level(level)) for tag, level in person.studied]
    identity.set_languages(user_id=user_id, native=person.native, studied=studied, now=now())
    for role in person.roles:
        identity.grant_role(user_id=user_id, role=role, now=now())
    if person.teaches:
        _let_teach(user_id, person)
    return True


def _agree(user_id: UUID) -> None:
    at = now()
    version = queries.current_document("terms", now=at).version
    identity.agree(user_id=user_id, version=version, face="console", language="en", now=at)


def _let_teach(user_id: UUID, person: Person) -> None:
    tutoring.apply_as_tutor(
        person_id=user_id,
        languages=[person.teaches],
        introduction=person.introduction,
        time_zone=person.time_zone,
        now=now(),
    )
    tutoring.approve_tutor(tutor_id=user_id, by=None, now=now())
    tutoring.set_hours(
        tutor_id=user_id,
        time_zone=person.time_zone,
        rules=[{"weekday": day, "start": "09:00", "end": "22:00"} for day in range(1, 6)],
        lesson_minutes=60,
        grid_minutes=60,
        notice_minutes=120,
        horizon_days=60,
        buffer_minutes=0,
        policy=POLICY,
    )

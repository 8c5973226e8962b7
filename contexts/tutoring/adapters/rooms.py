"""The embedded room: a signed link (JWT, HMAC) for a Jitsi-style server."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

import jwt
from django.conf import settings

from contexts.tutoring.domain.lessons import Lesson
from contexts.tutoring.domain.policies import TUTOR

_AUDIENCE = "jitsi"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedLinks:
    """Signed links into `base_url`. A link admits its bearer between its start and end time.

    The server learns neither names nor ids: rooms and people get names derived from the key.
    """

    base_url: str
    key: str

    def link(self, lesson: Lesson, *, person_id: UUID, part: str, opens_at: datetime) -> str:
        """Return a participant's link; `part` is learner or tutor, and the tutor moderates."""
        room = f"lesson-{self._name(lesson.id)}"
        claims = {
            "aud": _AUDIENCE,
            "iss": "busuu-open",
            "room": room,
            "nbf": int(opens_at.timestamp()),
            "exp": int(lesson.ends_at.timestamp()),
            "context": {
                "user": {"id": self._name(person_id), "moderator": part == TUTOR},
            },
        }
        token = jwt.encode(claims, self.key, algorithm="HS256")
        return f"{self.base_url.rstrip('/')}/{room}?jwt={quote(token)}"

    def _name(self, of: UUID) -> str:
        return hmac.new(self.key.encode(), of.bytes, hashlib.sha256).hexdigest()[:24]


def configured_rooms() -> SignedLinks:
    """Return the rooms of the settings; their key is derived from SECRET_KEY unless set."""
    key = settings.TUTORING["ROOM_KEY"] or _derived_key()
    return SignedLinks(base_url=settings.TUTORING["ROOM_URL"], key=key)


def _derived_key() -> str:
    secret = settings.SECRET_KEY.encode()
    return hmac.new(secret, b"tutoring rooms", hashlib.sha256).hexdigest()

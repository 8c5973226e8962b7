"""Calendar feeds over GraphQL."""

from typing import Any

import graphene

from contexts.shared.kernel import now
from contexts.tutoring import api
from contexts.tutoring.rest.calendars import feed_url


class Mutation:
    rotate_calendar = graphene.String(description="The calendar's new, secret address.")

    @staticmethod
    def resolve_rotate_calendar(_root: Any, info: Any) -> str:
        return feed_url(api.rotate_calendar(person_id=info.context.actor.known_id, now=now()))

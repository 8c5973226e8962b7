"""Reports to the moderators over GraphQL."""

from typing import Any
from uuid import UUID

from contexts.community import api
from contexts.community.rest.moderation import Report
from contexts.shared.http.graphql.checking import checked
from contexts.shared.http.graphql.derived import arguments_of
from contexts.shared.http.graphql.keys import keyed
from contexts.shared.http.graphql.types import Uuid
from contexts.shared.kernel import new_id, now


class Mutation:
    report = Uuid(**arguments_of(Report))

    @staticmethod
    @keyed
    def resolve_report(_root: Any, info: Any, **arguments: Any) -> UUID:
        reporter_id, body = info.context.actor.known_id, checked(Report, **arguments)
        return api.report(
            report_id=new_id(),
            reporter_id=reporter_id,
            kind=body["kind"],
            subject_id=body["subject"],
            reason=body["reason"],
            comment=body["comment"],
            now=now(),
        )

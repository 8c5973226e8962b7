"""Community over GraphQL: the same doors as REST's."""

from typing import Any
from uuid import UUID

import graphene

from contexts.community import api, queries
from contexts.community.graphql import types
from contexts.community.rest import serializers
from contexts.shared.http.graphql.checking import checked, filtered
from contexts.shared.http.graphql.connections import PAGE_ARGUMENTS, Page, connection, page_of
from contexts.shared.http.graphql.context import Context
from contexts.shared.http.graphql.keys import keyed
from contexts.shared.http.graphql.types import Instant, Uuid
from contexts.shared.kernel import new_id, now


class Query:
    membership = graphene.Field(types.Membership, description="What community knows of the caller.")
    submissions = graphene.Field(
        connection(types.Text),
        language=graphene.String(),
        state=graphene.String(),
        **PAGE_ARGUMENTS,
        description="The caller's own texts, newest first.",
    )
    submission = graphene.Field(types.Text, id=Uuid(required=True))
    feed = graphene.Field(
        connection(types.Text),
        language=graphene.String(),
        level=graphene.String(),
        opened_before=Instant(),
        **PAGE_ARGUMENTS,
        description="What the caller may correct.",
    )
    points = graphene.Field(connection(types.PointsLine), **PAGE_ARGUMENTS)
    reputation = graphene.Field(types.Reputation)
    notifications = graphene.Field(
        connection(types.Notification),
        unread=graphene.Boolean(),
        kind=graphene.String(),
        **PAGE_ARGUMENTS,
        description="What the caller was told, newest first.",
    )
    unread_notifications = graphene.Int()

    @staticmethod
    def resolve_membership(_root: Any, info: Any) -> queries.Membership:
        return queries.membership(info.context.actor.known_id)

    @staticmethod
    def resolve_submissions(
        _root: Any, info: Any, *, first: int | None = None, after: str | None = None, **by: Any
    ) -> Page:
        mine = queries.texts_of(info.context.actor.known_id)
        return page_of(
            filtered(queries.TextFilter, mine, **by),
            ordering=("-created_at", "-id"),
            first=first,
            after=after,
            to_nodes=lambda rows: _shown(info.context, rows),
        )

    @staticmethod
    def resolve_submission(_root: Any, info: Any, id: UUID) -> queries.TextSummary:
        return _text(info.context, id)

    @staticmethod
    def resolve_feed(
        _root: Any, info: Any, *, first: int | None = None, after: str | None = None, **by: Any
    ) -> Page:
        offered = queries.feed(info.context.actor.known_id, now=now())
        return page_of(
            filtered(queries.FeedFilter, offered, **by),
            ordering=("-ranked_at", "-id"),
            first=first,
            after=after,
            to_nodes=lambda rows: _offered(info.context, rows),
        )

    @staticmethod
    def resolve_points(
        _root: Any, info: Any, *, first: int | None = None, after: str | None = None
    ) -> Page:
        return page_of(
            queries.points_of(info.context.actor.known_id),
            ordering=("-created_at", "-id"),
            first=first,
            after=after,
            to_nodes=lambda rows: [queries.points_line(row) for row in rows],
        )

    @staticmethod
    def resolve_reputation(_root: Any, info: Any) -> queries.Reputation:
        return queries.reputation_of(info.context.actor.known_id)

    @staticmethod
    def resolve_notifications(
        _root: Any, info: Any, *, first: int | None = None, after: str | None = None, **by: Any
    ) -> Page:
        told = queries.notifications_of(info.context.actor.known_id)
        return page_of(
            filtered(queries.NotificationFilter, told, **by),
            ordering=("-number",),
            first=first,
            after=after,
            to_nodes=queries.notifications,
        )

    @staticmethod
    def resolve_unread_notifications(_root: Any, info: Any) -> int:
        return queries.unread_count(info.context.actor.known_id)


class Mutation:
    open_stream = graphene.Field(
        types.StreamAddress, description="Of notifications, as server-sent events."
    )
    submit_text = graphene.Field(
        types.Text,
        text=graphene.String(required=True),
        language=graphene.String(required=True),
        question=graphene.String(),
    )
    rewrite_text = graphene.Field(
        types.Text, submission=Uuid(required=True), text=graphene.String(required=True)
    )
    withdraw_text = graphene.Field(types.Text, submission=Uuid(required=True))
    take_text = graphene.Field(types.Text, submission=Uuid(required=True))
    take_next_text = graphene.Field(types.Text)
    release_text = graphene.Boolean(submission=Uuid(required=True))
    correct_text = graphene.Field(
        types.Text,
        submission=Uuid(required=True),
        sentences=graphene.List(graphene.NonNull(types.AnswerInput), required=True),
        comment=graphene.String(),
    )
    accept_edit = graphene.Boolean(edit=Uuid(required=True))
    dispute_edit = graphene.Boolean(edit=Uuid(required=True), reason=graphene.String(required=True))
    reply_to_edit = Uuid(edit=Uuid(required=True), text=graphene.String(required=True))
    thank_for_correction = graphene.Boolean(correction=Uuid(required=True))
    read_notifications = graphene.Int(
        ids=graphene.List(graphene.NonNull(Uuid)), description="Gives how many are unread."
    )
    report = Uuid(
        kind=graphene.String(required=True),
        subject=Uuid(required=True),
        reason=graphene.String(required=True),
        comment=graphene.String(),
    )

    @staticmethod
    def resolve_open_stream(_root: Any, info: Any) -> api.StreamAddress:
        return api.open_stream(member_id=info.context.actor.known_id, now=now())

    @staticmethod
    @keyed
    def resolve_submit_text(_root: Any, info: Any, **given: Any) -> queries.TextSummary:
        writer_id = info.context.actor.known_id
        asked = checked(serializers.SubmitSerializer, **given)
        submission_id = api.submit(submission_id=new_id(), writer_id=writer_id, now=now(), **asked)
        return _text(info.context, submission_id)

    @staticmethod
    def resolve_rewrite_text(
        _root: Any, info: Any, submission: UUID, text: str
    ) -> queries.TextSummary:
        writer_id = info.context.actor.known_id
        asked = checked(serializers.RewriteSerializer, text=text)
        api.rewrite(submission_id=submission, writer_id=writer_id, now=now(), **asked)
        return _text(info.context, submission)

    @staticmethod
    @keyed
    def resolve_withdraw_text(_root: Any, info: Any, submission: UUID) -> queries.TextSummary:
        api.withdraw(submission_id=submission, writer_id=info.context.actor.known_id)
        return _text(info.context, submission)

    @staticmethod
    @keyed
    def resolve_take_text(_root: Any, info: Any, submission: UUID) -> queries.TextSummary:
        api.take(submission_id=submission, member_id=info.context.actor.known_id, now=now())
        return _text(info.context, submission)

    @staticmethod
    @keyed
    def resolve_take_next_text(_root: Any, info: Any) -> queries.TextSummary:
        taken = api.take_next(member_id=info.context.actor.known_id, now=now())
        return _text(info.context, taken)

    @staticmethod
    def resolve_release_text(_root: Any, info: Any, submission: UUID) -> bool:
        api.release(submission_id=submission, member_id=info.context.actor.known_id)
        return True

    @staticmethod
    @keyed
    def resolve_correct_text(
        _root: Any, info: Any, submission: UUID, **given: Any
    ) -> queries.TextSummary:
        corrector_id = info.context.actor.known_id
        asked = checked(serializers.CorrectSerializer, **given)
        api.correct(
            correction_id=new_id(),
            submission_id=submission,
            corrector_id=corrector_id,
            answers=[api.answer_of(one) for one in asked["sentences"]],
            comment=asked["comment"],
            now=now(),
        )
        return _text(info.context, submission)

    @staticmethod
    @keyed
    def resolve_accept_edit(_root: Any, info: Any, edit: UUID) -> bool:
        api.accept(edit_id=edit, writer_id=info.context.actor.known_id, now=now())
        return True

    @staticmethod
    @keyed
    def resolve_dispute_edit(_root: Any, info: Any, edit: UUID, reason: str) -> bool:
        writer_id = info.context.actor.known_id
        asked = checked(serializers.DisputeSerializer, reason=reason)
        api.dispute(edit_id=edit, writer_id=writer_id, now=now(), **asked)
        return True

    @staticmethod
    @keyed
    def resolve_reply_to_edit(_root: Any, info: Any, edit: UUID, text: str) -> UUID:
        author_id = info.context.actor.known_id
        asked = checked(serializers.SaySerializer, text=text)
        return api.reply(reply_id=new_id(), edit_id=edit, author_id=author_id, now=now(), **asked)

    @staticmethod
    @keyed
    def resolve_thank_for_correction(_root: Any, info: Any, correction: UUID) -> bool:
        api.thank(correction_id=correction, writer_id=info.context.actor.known_id, now=now())
        return True

    @staticmethod
    @keyed
    def resolve_read_notifications(_root: Any, info: Any, ids: list[UUID] | None = None) -> int:
        member_id = info.context.actor.known_id
        named: dict[str, Any] = {} if ids is None else {"ids": ids}
        asked = checked(serializers.ReadSerializer, **named)
        api.read_notifications(member_id=member_id, ids=asked.get("ids"), now=now())
        return queries.unread_count(member_id)

    @staticmethod
    @keyed
    def resolve_report(_root: Any, info: Any, **given: Any) -> UUID:
        reporter_id = info.context.actor.known_id
        asked = checked(serializers.ReportSerializer, **given)
        return api.report(
            report_id=new_id(),
            reporter_id=reporter_id,
            kind=asked["kind"],
            subject_id=asked["subject"],
            reason=asked["reason"],
            comment=asked["comment"],
            now=now(),
        )


def _text(context: Context, submission_id: UUID) -> queries.TextSummary:
    context.show([submission_id])
    return queries.seen_summary(submission_id, seen_by=context.actor.known_id)


def _shown(context: Context, rows: list[Any]) -> list[queries.TextSummary]:
    context.show(row.pk for row in rows)
    return queries.text_summaries(rows)


def _offered(context: Context, rows: list[Any]) -> list[queries.TextSummary]:
    context.show(row.pk for row in rows)
    return queries.feed_summaries(rows)

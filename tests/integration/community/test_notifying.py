"""What members are told: once, in order, and never of whom they are apart."""

from collections.abc import Callable

import pytest

from contexts.billing.events import EntitlementChanged
from contexts.community import api, queries
from contexts.community.models import Mailbox, Member, Notification
from contexts.community.queries.members import people
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import Event, new_id, now
from contexts.shared.messaging.publishing import publish
from contexts.tutoring.events import LessonBooked, LessonCanceled
from tests.factories.community import (
    MemberFactory,
    NativeFactory,
    apart,
    corrected,
    first_edit,
    opened_text,
)
from tests.factories.identity import UserFactory
from tests.parallel import at_once

Deliver = Callable[[], int]


def _told(member_id: object) -> list[str]:
    return [one.kind for one in queries.notifications_after(member_id, after=0)]  # type: ignore[arg-type]


def _notify(recipient_id: object, cause: str, **more: object) -> None:
    api.notify(
        recipient_id=recipient_id,  # type: ignore[arg-type]
        kind="submission_corrected",
        cause=cause,
        now=now(),
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.django_db
class TestANotification:
    def test_is_made_of_what_happens_to_ones_texts_and_edits(self, deliver: Deliver) -> None:
        writer, native = MemberFactory(), NativeFactory()
        text = opened_text(writer.pk)
        correction_id = corrected(text, native.pk)
        edit = first_edit(correction_id)
        api.accept(edit_id=edit.pk, writer_id=writer.pk, now=now())
        api.thank(correction_id=correction_id, writer_id=writer.pk, now=now())
        for author_id in (writer.pk, native.pk):
            api.reply(
                reply_id=new_id(), edit_id=edit.pk, author_id=author_id, text="Hm.", now=now()
            )

        deliver()

        assert sorted(_told(writer.pk)) == ["edit_replied", "submission_corrected"]
        assert sorted(_told(native.pk)) == ["correction_thanked", "edit_accepted", "edit_replied"]

    @pytest.mark.parametrize(
        ("by", "learner_told", "tutor_told"),
        [
            ("learner", [], ["lesson_canceled"]),
            ("tutor", ["lesson_canceled"], []),
            ("system", ["lesson_canceled"], ["lesson_canceled"]),
        ],
    )
    def test_of_a_canceled_lesson_is_for_the_other_one(
        self, by: str, learner_told: list[str], tutor_told: list[str], deliver: Deliver
    ) -> None:
        learner, tutor = MemberFactory(), MemberFactory()
        canceled = LessonCanceled(
            occurred_at=now(),
            lesson_id=new_id(),
            learner_id=learner.pk,
            tutor_id=tutor.pk,
            by=by,
            spent_percent=0,
        )
        _publish(canceled)

        deliver()

        assert (_told(learner.pk), _told(tutor.pk)) == (learner_told, tutor_told)

    def test_is_made_of_bookings_and_entitlements_for_whom_nobody_has_told_of_yet(
        self, deliver: Deliver
    ) -> None:
        user = UserFactory()
        booked = LessonBooked(
            occurred_at=now(),
            lesson_id=new_id(),
            learner_id=new_id(),
            tutor_id=user.pk,
            starts_at=now(),
            ends_at=now(),
            policy="standard.1",
        )
        premium = EntitlementChanged(
            occurred_at=now(), customer_id=user.pk, feature="premium", until=now(), revision=1
        )
        _publish(booked)
        _publish(premium)
        _publish(premium)

        deliver()

        assert sorted(_told(user.pk)) == ["entitlement_changed", "lesson_booked"]

    def test_is_not_made_of_whom_one_is_apart_from(self) -> None:
        member, other = MemberFactory(), MemberFactory()
        apart(member.pk, other.pk)

        _notify(member.pk, "a", actor_id=other.pk)
        _notify(other.pk, "b", actor_id=member.pk)

        assert not Notification.objects.exists()

    def test_is_not_made_for_who_is_gone(self) -> None:
        _notify(UserFactory(is_active=False).pk, "a")

        assert not Notification.objects.exists()
        assert not Mailbox.objects.exists()

    def test_is_made_once_a_cause(self) -> None:
        member = MemberFactory()

        for cause in ("a", "a", "b"):
            _notify(member.pk, cause)

        assert [one.number for one in queries.notifications_after(member.pk, after=0)] == [1, 2]

    def test_is_read_by_its_recipient(self) -> None:
        member, other = MemberFactory(), MemberFactory()
        for cause in ("a", "b", "c"):
            _notify(member.pk, cause)
        first = queries.notifications_after(member.pk, after=0)[0]

        api.read_notifications(member_id=other.pk, ids=[first.id], now=now())
        api.read_notifications(member_id=other.pk, ids=None, now=now())
        untouched = queries.unread_count(member.pk)
        api.read_notifications(member_id=member.pk, ids=[first.id], now=now())
        one_read = queries.unread_count(member.pk)
        api.read_notifications(member_id=member.pk, ids=None, now=now())

        assert (untouched, one_read, queries.unread_count(member.pk)) == (3, 2, 0)


class TestReadingOn:
    @pytest.mark.django_db
    def test_gives_what_came_after(self) -> None:
        member, other = MemberFactory(), MemberFactory()
        for number in range(5):
            _notify(member.pk, str(number))
        _notify(other.pk, "x")

        later = queries.notifications_after(member.pk, after=2, limit=2)

        assert [one.number for one in later] == [3, 4]
        numbers = queries.last_numbers([member.pk, other.pk, new_id()])
        assert numbers == {member.pk: 5, other.pk: 1}

    @pytest.mark.django_db(transaction=True)
    def test_misses_nothing_that_many_write_at_once(self) -> None:
        member_id = MemberFactory().pk
        seen: list[int] = []

        def work(number: int) -> None:
            _notify(member_id, str(number))
            after = max(seen, default=0)
            seen.extend(one.number for one in queries.notifications_after(member_id, after=after))

        assert at_once(work, times=24) == [None] * 24
        assert set(seen) == set(range(1, 25))


def _publish(event: Event) -> None:
    for_context(event.name.split(".", 1)[0])(lambda: publish([event]))()


@pytest.mark.django_db
class TestANotificationOfSomebodyWhoIsApartNow:
    def test_is_shown_and_counted_nowhere(self, deliver: Deliver) -> None:
        writer, native = MemberFactory(), NativeFactory(display_name="Before")
        text = opened_text(writer.pk)
        corrected(text, native.pk)
        deliver()
        shown = _told(writer.pk)

        apart(native.pk, writer.pk)
        Member.objects.filter(pk=native.pk).update(display_name="After the block")

        listed = queries.notifications(queries.notifications_of(writer.pk), seen_by=writer.pk)
        assert shown == ["submission_corrected"]
        assert (_told(writer.pk), listed, queries.unread_count(writer.pk)) == ([], [], 0)

    def test_takes_its_correction_out_of_the_count(self) -> None:
        writer, native = MemberFactory(), NativeFactory()
        text = opened_text(writer.pk)
        corrected(text, native.pk)

        apart(writer.pk, native.pk)

        detail = queries.text(text.pk, seen_by=writer.pk, now=now())
        [listed] = queries.text_summaries(queries.texts_of(writer.pk), seen_by=writer.pk)
        assert detail.corrections == []
        assert (detail.summary.corrections_count, listed.corrections_count) == (0, 0)


@pytest.mark.django_db
class TestPeople:
    def test_are_named_to_nobody_from_whom_a_block_separates_them(self) -> None:
        ana, ben, eve = MemberFactory(), MemberFactory(), MemberFactory()
        apart(eve.pk, ana.pk)

        seen = {one.pk: set(people([ana.pk, ben.pk, eve.pk], seen_by=one.pk)) for one in (ana, eve)}

        assert seen == {ana.pk: {ana.pk, ben.pk}, eve.pk: {ben.pk, eve.pk}}

"""Synthetic learners leave the rows that real learners leave."""

import io
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connections

from busuu.workshop.fabricating import Crowd
from contexts.billing import api as billing
from contexts.community import api as community
from contexts.identity import api as identity
from contexts.shared.database.placement.aliases import all_aliases
from contexts.shared.kernel import now
from contexts.shared.messaging.models import StoredEvent
from tests.functional.town import LEARNERS, crowd, fabricated
from tests.integration.courses.memories import replayed_memories, stored_memories
from tests.operations.world import undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]
# The subject is the rows themselves, so they are read by table and not through a door.
User, Learner, Member, Person, Customer = PEOPLE = (
    get_user_model(),
    apps.get_model("courses.Learner"),
    apps.get_model("community.Member"),
    apps.get_model("tutoring.Person"),
    apps.get_model("billing.Customer"),
)
Attempt, Course = apps.get_model("courses.Attempt"), apps.get_model("courses.Course")
Enrollment, Memory = apps.get_model("courses.Enrollment"), apps.get_model("courses.Memory")
Mailbox, Notification = (
    apps.get_model("community.Mailbox"),
    apps.get_model("community.Notification"),
)
Submission = apps.get_model("community.Submission")
MemberLanguage = apps.get_model("community.MemberLanguage")
Tutor = apps.get_model("tutoring.Tutor")


class TestMadeUpLearners:
    def test_are_known_to_every_context(self, town: str) -> None:
        assert town.startswith("250 learners, ")
        assert [model.objects.count() for model in PEOPLE] == [250] * 5
        assert Enrollment.objects.count() == 250

    def test_break_no_constraint(self) -> None:
        for alias in all_aliases():
            connections[alias].check_constraints()

    def test_are_what_identity_says_of_them(self) -> None:
        before = _people()

        call_command("rebuild_people", stdout=io.StringIO())

        assert _people() == before

    def test_keep_the_ledger_right(self) -> None:
        assert billing.check_ledger() == []
        assert apps.get_model("billing.Wallet").objects.count() == 10

    def test_remember_what_their_answers_made_of_it(self) -> None:
        for enrollment in Enrollment.objects.order_by("pk")[:50]:
            assert stored_memories(enrollment) == replayed_memories(enrollment)
        assert Memory.objects.count() > 20

    def test_have_as_many_notifications_as_their_mailbox_says(self) -> None:
        for box in Mailbox.objects.all():
            numbers = Notification.objects.filter(recipient_id=box.member_id)
            found = sorted(numbers.values_list("number", flat=True))
            assert found == list(range(1, box.last_number + 1))
        assert Mailbox.objects.count() > 10

    def test_wait_for_corrections_as_the_sweep_leaves_them(self) -> None:
        before = list(Submission.objects.order_by("pk").values())

        community.sweep(now=now())

        assert list(Submission.objects.order_by("pk").values()) == before
        assert sum(row["round"] == 0 for row in before) > 10

    def test_take_no_tutor_at_a_time_twice(self) -> None:
        people = crowd(10_000)

        booked = [(each.tutor_id, each.starts_at) for one in people for each in one.lessons]

        assert len(booked) == len(set(booked)) > 300

    def test_have_only_to_do_with_who_was_there_before(self) -> None:
        people = crowd(5_000)
        seen = set()

        for one in people:
            seen.add(one.id)
            met = {*one.correctors, *(each.tutor_id for each in one.lessons)}
            assert met | ({one.blocks} if one.blocks else set()) <= seen

    def test_are_those_of_their_seed(self) -> None:
        first, again = crowd(500), crowd(500)
        others = Crowd(seed=2, now=now()).people(0, 500)

        assert [one.id for one in first] == [one.id for one in again]
        assert not {one.id for one in first} & {one.id for one in others}
        assert len({one.id for one in first}) == 500

    def test_publish_nothing(self) -> None:
        assert StoredEvent.objects.count() == 0


class TestASecondRun:
    def test_writes_nothing(self) -> None:
        before = _counts()

        output = fabricated(LEARNERS)

        assert output.startswith("250 learners, 0 rows written")
        assert _counts() == before

    def test_of_more_adds_what_is_missing(self) -> None:
        with undone():
            fabricated(LEARNERS, seed=2)
            whole = _counts()

        fabricated(60, seed=2)
        fabricated(LEARNERS, seed=2)

        assert _counts() == whole
        assert billing.check_ledger() == []

    def test_takes_up_one_that_was_stopped(self) -> None:
        identity.fabricate(crowd(60, seed=2), password_hash="!")

        fabricated(60, seed=2)

        assert _counts()[:6] == [LEARNERS + 60] * 6
        assert identity.find_person(email=crowd(60, seed=2)[0].email) == crowd(60, seed=2)[0].id


class TestTheCommand:
    def test_refuses_outside_development(self, settings: Any) -> None:
        settings.DEVELOPMENT = False

        with pytest.raises(CommandError, match="are for development"):
            fabricated(5, seed=2)

        assert User.objects.count() == LEARNERS

    def test_obeys_who_insists(self, settings: Any) -> None:
        settings.DEVELOPMENT = False

        fabricated(5, seed=2, outside_development=True)

        assert User.objects.count() == LEARNERS + 5

    @pytest.mark.parametrize("learners", [0, -1, 10_000_001])
    def test_refuses_numbers_that_make_no_sense(self, learners: int) -> None:
        with pytest.raises(CommandError, match="from 1 to 10,000,000"):
            fabricated(learners)

    def test_says_what_is_missing(self) -> None:
        Course.objects.update(current=None)

        with pytest.raises(CommandError, match=r"manage\.py course load"):
            fabricated(5, seed=2)

        assert Learner.objects.count() == LEARNERS


def _counts() -> list[int]:
    return [model.objects.count() for model in (*PEOPLE, Enrollment, Attempt, Notification, Tutor)]


def _people() -> list[list[dict[str, Any]]]:
    return [list(model.objects.order_by("pk").values()) for model in PEOPLE] + [
        sorted(MemberLanguage.objects.values_list("member_id", "language", "relation"))
    ]

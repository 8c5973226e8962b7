"""Who is offered which text, and that a turn is one member's alone."""

from datetime import timedelta
from uuid import UUID

import pytest

from contexts.community import api, queries
from contexts.community.domain.submissions import LEASE
from contexts.community.models import Lease, Submission
from contexts.shared.kernel import new_id, now
from tests.factories.community import (
    MemberFactory,
    NativeFactory,
    apart,
    corrected,
    opened_text,
)
from tests.parallel import at_once

HOUR = timedelta(hours=1)


def _feed(member_id: UUID) -> list[UUID]:
    found = queries.feed(member_id, now=now()).order_by("-ranked_at", "-id")
    return [row.pk for row in found]


def _take(text: Submission, member_id: UUID) -> None:
    api.take(submission_id=text.pk, member_id=member_id, now=now())


@pytest.mark.django_db
class TestTheFeed:
    def test_shows_natives_what_is_newest_first(self) -> None:
        older, newer = opened_text(at=now() - HOUR), opened_text()

        assert _feed(NativeFactory().pk) == [newer.pk, older.pk]

    def test_names_the_writers(self) -> None:
        writer = MemberFactory(display_name="Ana", native=("es-MX",))
        opened_text(writer.pk)
        opened_text(new_id())

        found = queries.feed(NativeFactory().pk, now=now()).order_by("ranked_at", "id")

        named, nameless = queries.feed_summaries(found)
        assert named.writer is not None
        assert (named.writer.name, named.writer.native_languages) == ("Ana", ["es-MX"])
        assert nameless.writer is None

    def test_is_for_natives_of_the_primary_language_alone(self) -> None:
        opened_text()
        british = opened_text(language="en-GB")

        assert _feed(MemberFactory().pk) == []
        assert british.pk in _feed(NativeFactory(native=("en-US",)).pk)

    def test_leaves_out_ones_own_texts(self) -> None:
        writer = NativeFactory()
        opened_text(writer.pk)

        assert _feed(writer.pk) == []

    @pytest.mark.parametrize("writer_blocks", [True, False])
    def test_leaves_out_whom_one_does_not_meet(self, writer_blocks: bool) -> None:
        text, native = opened_text(), NativeFactory()
        pair = (text.writer_id, native.pk)
        apart(*(pair if writer_blocks else pair[::-1]))

        assert _feed(native.pk) == []

    def test_leaves_out_what_one_has_corrected(self) -> None:
        text, native = opened_text(), NativeFactory()
        corrected(text, native.pk)

        assert _feed(native.pk) == []

    def test_leaves_out_what_somebody_else_corrects(self) -> None:
        text, native, other = opened_text(), NativeFactory(), NativeFactory()
        _take(text, other.pk)

        assert _feed(native.pk) == []
        assert _feed(other.pk) == [text.pk]

    def test_offers_a_second_correction_when_everybody_has_one(self) -> None:
        once, never = opened_text(), opened_text()
        corrected(once)
        native = NativeFactory()

        before = _feed(native.pk)
        corrected(never)

        assert before == [never.pk]
        assert set(_feed(native.pk)) == {once.pk, never.pk}

    def test_offers_nothing_after_the_second(self) -> None:
        text = opened_text()
        corrected(text)
        corrected(text)

        assert _feed(NativeFactory().pk) == []

    def test_brings_up_what_has_waited_for_twelve_hours(self) -> None:
        old = opened_text(at=now() - 13 * HOUR)
        fresh = opened_text(at=now() - HOUR)
        native = NativeFactory()
        before = _feed(native.pk)

        api.sweep(now=now())
        once = _feed(native.pk)
        newest = opened_text(at=now() + HOUR)
        api.sweep(now=now() + HOUR)

        assert before == [fresh.pk, old.pk]
        assert once == [old.pk, fresh.pk]
        assert _feed(native.pk) == [newest.pk, old.pk, fresh.pk]

    def test_leaves_out_what_was_withdrawn(self) -> None:
        text = opened_text()

        api.withdraw(submission_id=text.pk, writer_id=text.writer_id)

        assert _feed(NativeFactory().pk) == []


@pytest.mark.django_db
class TestTaking:
    def test_gives_ten_minutes_and_ten_more(self) -> None:
        text, native, at = opened_text(), NativeFactory(), now()

        api.take(submission_id=text.pk, member_id=native.pk, now=at)
        api.take(submission_id=text.pk, member_id=native.pk, now=at + LEASE / 2)

        lease = Lease.objects.get()
        assert (lease.taken_at, lease.expires_at) == (at, at + LEASE / 2 + LEASE)

    def test_is_refused_while_somebody_else_has_it(self) -> None:
        text, first = opened_text(), NativeFactory()
        _take(text, first.pk)

        with pytest.raises(api.Taken):
            _take(text, NativeFactory().pk)

        assert Lease.objects.get().member_id == first.pk

    def test_is_possible_when_the_clock_has_ended_a_turn_before_any_sweep(self) -> None:
        text, second = opened_text(), NativeFactory()
        api.take(submission_id=text.pk, member_id=NativeFactory().pk, now=now() - LEASE)

        _take(text, second.pk)

        assert Lease.objects.get().member_id == second.pk

    def test_is_possible_after_a_release(self) -> None:
        text, first, second = opened_text(), NativeFactory(), NativeFactory()
        _take(text, first.pk)

        api.release(submission_id=text.pk, member_id=first.pk)
        _take(text, second.pk)

        assert Lease.objects.get().member_id == second.pk

    def test_cannot_be_ended_by_somebody_else(self) -> None:
        text, first = opened_text(), NativeFactory()
        _take(text, first.pk)

        api.release(submission_id=text.pk, member_id=NativeFactory().pk)

        assert Lease.objects.get().member_id == first.pk

    def test_is_nothing_for_writers_strangers_and_people_apart(self) -> None:
        text, enemy = opened_text(), NativeFactory()
        apart(enemy.pk, text.writer_id)

        with pytest.raises(api.OwnText):
            _take(text, text.writer_id)
        for nobody in (enemy.pk, MemberFactory().pk):
            with pytest.raises(api.SubmissionNotFound):
                _take(text, nobody)

        assert not Lease.objects.exists()


@pytest.mark.django_db
class TestTheNextText:
    def test_is_the_first_of_the_feed(self) -> None:
        opened_text(at=now() - HOUR)
        newest, native = opened_text(), NativeFactory()

        assert api.take_next(member_id=native.pk, now=now()) == newest.pk

    def test_is_the_one_in_hand(self) -> None:
        text, native = opened_text(), NativeFactory()
        _take(text, native.pk)
        opened_text(at=now() + HOUR)

        assert api.take_next(member_id=native.pk, now=now()) == text.pk

    def test_is_each_third_time_the_one_that_waits_for_longest(self) -> None:
        oldest = opened_text(at=now() - 20 * HOUR)
        for hours in range(40):
            opened_text(at=now() - timedelta(minutes=hours))
        takers = [NativeFactory().pk for _ in range(30)]

        taken = [api.take_next(member_id=member_id, now=now()) for member_id in takers]

        assert oldest.pk in taken

    def test_is_nothing_where_nothing_waits(self) -> None:
        with pytest.raises(api.NothingToCorrect):
            api.take_next(member_id=NativeFactory().pk, now=now())


@pytest.mark.django_db(transaction=True)
class TestManyTakers:
    def test_share_no_text(self) -> None:
        texts = {opened_text().pk for _ in range(50)}
        takers = [NativeFactory().pk for _ in range(100)]

        outcomes = at_once(lambda n: api.take_next(member_id=takers[n], now=now()), times=100)

        taken = [outcome for outcome in outcomes if isinstance(outcome, UUID)]
        refused = [outcome for outcome in outcomes if not isinstance(outcome, UUID)]
        assert len(taken) == len(set(taken)) == 50
        assert set(taken) == texts
        assert {type(outcome) for outcome in refused} == {api.NothingToCorrect}
        assert Lease.objects.count() == 50

    def test_of_one_text_are_one_winner(self) -> None:
        text = opened_text()
        takers = [NativeFactory().pk for _ in range(30)]

        outcomes = at_once(lambda n: _take(text, takers[n]), times=30)

        assert outcomes.count(None) == 1
        assert {type(outcome) for outcome in outcomes} == {type(None), api.Taken}

import threading
from contextlib import suppress
from uuid import UUID

import pytest
from django.db import IntegrityError, OperationalError, connections, transaction

from contexts.community.models import Member
from contexts.shared.database.failures.conflicts import is_conflict
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.statements.upsert import upsert
from contexts.shared.database.transactions.atomic import (
    InsideATransaction,
    for_context,
    in_command,
    open_commands,
    refuse_in_transaction,
)
from contexts.shared.database.transactions.locking import lock_row
from contexts.shared.kernel import Conflict, new_id
from tests.parallel import at_once

HERE = alias_of("community")
atomic = for_context("community")


class Aborted(Exception):
    pass


@atomic
def _make(member_id: UUID, *, then: type[Exception] | None = None) -> UUID:
    Member.objects.create(id=member_id)
    if then:
        raise then
    return member_id


def _members() -> set[UUID]:
    return set(Member.objects.values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)
class TestACommand:
    def test_commits_its_work_and_returns_its_result(self) -> None:
        member_id = new_id()

        returned = _make(member_id)

        assert returned == member_id
        assert _members() == {member_id}
        assert not connections[HERE].in_atomic_block

    def test_that_fails_leaves_nothing(self) -> None:
        with pytest.raises(Aborted):
            _make(new_id(), then=Aborted)

        assert _members() == set()
        assert open_commands() == frozenset()

    def test_knows_that_it_runs(self) -> None:
        seen = atomic(lambda: (in_command(HERE), open_commands()))()

        assert seen == (True, frozenset({HERE}))
        assert not in_command(HERE)

    def test_inside_another_joins_it(self) -> None:
        @atomic
        def outer() -> None:
            _make(new_id())
            raise Aborted

        with pytest.raises(Aborted):
            outer()

        assert _members() == set()

    def test_keeps_its_name(self) -> None:
        assert _make.__name__ == "_make"

    def test_may_not_do_what_cannot_be_undone(self) -> None:
        with pytest.raises(InsideATransaction, match="a payment inside a transaction"):
            atomic(lambda: refuse_in_transaction("a payment"))()

        refuse_in_transaction("a payment")


@pytest.mark.django_db(transaction=True)
class TestAConflict:
    def _failing(self, times: int, error: Exception) -> tuple[list[int], object]:
        tries: list[int] = []

        @atomic
        def command() -> int:
            tries.append(1)
            Member.objects.create(id=new_id())
            if len(tries) <= times:
                raise error
            return len(tries)

        return tries, command

    def test_runs_the_whole_command_again(self) -> None:
        tries, command = self._failing(2, OperationalError("database is locked"))

        assert command() == 3
        assert len(tries) == 3
        assert len(_members()) == 1

    def test_is_raised_after_the_third_try(self) -> None:
        tries, command = self._failing(3, OperationalError("database is locked"))

        with pytest.raises(OperationalError):
            command()

        assert len(tries) == 3
        assert _members() == set()

    @pytest.mark.parametrize(
        "error", [IntegrityError("twice"), OperationalError("gone away"), Conflict(), Aborted()]
    )
    def test_is_not_every_error(self, error: Exception) -> None:
        tries, command = self._failing(1, error)

        with pytest.raises(type(error)):
            command()

        assert len(tries) == 1

    def test_inside_a_command_runs_the_outer_one_again(self) -> None:
        tries, inner = self._failing(1, OperationalError("database is locked"))
        outer_tries: list[int] = []

        @atomic
        def outer() -> None:
            outer_tries.append(1)
            inner()

        outer()

        assert (len(tries), len(outer_tries)) == (2, 2)
        assert len(_members()) == 1

    @pytest.mark.parametrize("code", [1213, 1205, 1020])
    def test_is_known_by_mariadbs_codes(self, code: int) -> None:
        assert is_conflict(OperationalError(code, "try again"))

    @pytest.mark.parametrize("sqlstate", ["40001", "40P01"])
    def test_is_known_by_sqlstates(self, sqlstate: str) -> None:
        error = OperationalError("try again")
        error.__cause__ = type("Cause", (Exception,), {"sqlstate": sqlstate})()

        assert is_conflict(error)

    def test_of_two_that_wait_for_each_other_is_solved(self) -> None:
        rows = [_make(new_id()), _make(new_id())]
        both_hold_one = threading.Barrier(2)

        @atomic
        def count(first: UUID, second: UUID) -> None:
            for pk in (first, second):
                member = Member.objects.select_for_update().get(pk=pk)
                member.lessons_completed += 1
                member.save()
                # SQLite lets only one begin; no other thread reaches the barrier then.
                with suppress(threading.BrokenBarrierError):
                    both_hold_one.wait(timeout=0.5)

        outcomes = at_once(lambda n: count(*(rows if n else rows[::-1])), times=2)

        assert outcomes == [None, None]
        counts = Member.objects.values_list("lessons_completed", flat=True)
        assert list(counts) == [2, 2]


@pytest.mark.django_db(transaction=True)
class TestLockingARow:
    def test_makes_the_row_once_and_locks_it_for_everybody(self) -> None:
        member_id = new_id()

        @atomic
        def count(_: int) -> None:
            member = lock_row(Member(id=member_id), using=HERE, pk=member_id)
            member.lessons_completed += 1
            member.save()

        outcomes = at_once(count, times=16)

        assert outcomes == [None] * 16
        assert Member.objects.get().lessons_completed == 16


@pytest.mark.django_db
class TestUpserting:
    def test_inserts_new_rows_and_updates_existing_ones(self) -> None:
        known, new = new_id(), new_id()
        Member.objects.create(id=known, display_name="before", lessons_completed=7)

        upsert(
            Member,
            [Member(id=known, display_name="after"), Member(id=new, display_name="new")],
            using=HERE,
            unique=["id"],
            update=["display_name"],
        )

        found = Member.objects.values_list("pk", "display_name", "lessons_completed")
        assert set(found) == {(known, "after", 7), (new, "new", 0)}

    def test_takes_one_statement(self, django_assert_num_queries: object) -> None:
        with transaction.atomic(using=HERE), django_assert_num_queries(1, using=HERE):
            upsert(
                Member,
                [Member(id=new_id()) for _ in range(50)],
                using=HERE,
                unique=["id"],
                update=["display_name"],
            )

    def test_of_nothing_takes_none(self, django_assert_num_queries: object) -> None:
        with django_assert_num_queries(0, using=HERE):
            upsert(Member, [], using=HERE, unique=["id"], update=["display_name"])

from uuid import UUID

import pytest

from contexts.community.models import Member
from contexts.shared.database.models import IdempotencyKey
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.database.transactions.idempotency import Key, KeyReused, claimed_key
from contexts.shared.kernel import new_id
from tests.parallel import at_once

atomic = for_context("community")
KEY = Key(owner="ana", value="once", fingerprint="f" * 64)


class Crashed(Exception):
    pass


@atomic
def _join(*, crash: bool = False) -> UUID:
    member = Member.objects.create(id=new_id())
    if crash:
        raise Crashed
    return member.pk


def _send(key: Key | None = KEY, *, crash: bool = False) -> UUID:
    with claimed_key(key):
        return _join(crash=crash)


@pytest.mark.django_db(transaction=True)
class TestAKey:
    def test_has_one_effect_and_one_answer(self) -> None:
        first, second = _send(), _send()

        assert first == second == Member.objects.get().pk
        assert IdempotencyKey.objects.get().done

    def test_sent_by_many_at_once_has_one_effect_and_one_answer(self) -> None:
        outcomes = at_once(lambda _: _send(), times=32)

        assert set(outcomes) == {Member.objects.get().pk}

    def test_of_many_at_once_has_an_effect_each(self) -> None:
        keys = [Key(owner="ana", value=str(n), fingerprint="f" * 64) for n in range(16)]

        outcomes = at_once(lambda n: _send(keys[n]), times=16)

        assert set(outcomes) == set(Member.objects.values_list("pk", flat=True))
        assert len(set(outcomes)) == 16

    def test_for_another_request_is_refused(self) -> None:
        first = _send()

        with pytest.raises(KeyReused):
            _send(Key(owner="ana", value="once", fingerprint="0" * 64))

        assert Member.objects.get().pk == first

    def test_of_somebody_else_is_another_key(self) -> None:
        _send()

        _send(Key(owner="bea", value="once", fingerprint="f" * 64))

        assert Member.objects.count() == 2

    def test_is_free_again_when_the_command_fails(self) -> None:
        with pytest.raises(Crashed):
            _send(crash=True)
        left = IdempotencyKey.objects.count()

        member_id = _send()

        assert left == 0
        assert Member.objects.get().pk == member_id

    def test_is_claimed_by_the_first_command_alone(self) -> None:
        with claimed_key(KEY):
            first, second = _join(), _join()

        assert first != second
        assert IdempotencyKey.objects.count() == 1

    def test_is_claimed_by_the_outermost_command(self) -> None:
        @atomic
        def outer() -> str:
            _join()
            _join()
            return "done"

        with claimed_key(KEY):
            first = outer()
        with claimed_key(KEY):
            second = outer()

        assert (first, second) == ("done", "done")
        assert Member.objects.count() == 2

    def test_that_is_missing_asks_for_nothing(self) -> None:
        _send(None)
        _send(None)

        assert Member.objects.count() == 2
        assert not IdempotencyKey.objects.exists()

    def test_keeps_that_there_was_nothing_to_return(self) -> None:
        runs: list[int] = []
        command = atomic(lambda: runs.append(1))

        for _ in range(2):
            with claimed_key(KEY):
                assert command() is None

        assert runs == [1]

    def test_cannot_keep_what_is_no_id(self) -> None:
        with claimed_key(KEY), pytest.raises(TypeError, match="returns an id or nothing"):
            atomic(lambda: [1, 2])()

        assert not IdempotencyKey.objects.exists()


@pytest.mark.django_db
class TestAStoredKey:
    def test_does_not_show_what_the_client_wrote(self) -> None:
        _send(Key(owner="ana", value="order-of-canary", fingerprint="f" * 64))

        [row] = IdempotencyKey.objects.values()
        assert "canary" not in str(row)

    def test_of_an_earlier_release_is_found(self) -> None:
        key = Key(owner="ana", value="written-before-the-deploy", fingerprint="f" * 64)
        answer = _send(key)
        IdempotencyKey.objects.update(key=key.value)

        assert _send(key) == answer

"""The differences between engines, and the behavior that all of them share.

What an engine does otherwise is asserted for it: a change of it should be noticed here first.
"""

import threading

import pytest
from django.db import DataError, IntegrityError, connections, transaction

from contexts.shared.database.models import IdempotencyKey
from contexts.shared.kernel import now
from tests import needs
from tests.parallel import in_another_transaction

ALIAS = "default"
VENDOR = connections[ALIAS].vendor
pytestmark = pytest.mark.django_db(transaction=True)
server_only = pytest.mark.skipif(VENDOR == "sqlite", reason=needs.DATABASE)


def _keep(key: str, *, owner: str = "somebody") -> None:
    IdempotencyKey.objects.using(ALIAS).create(
        owner=owner, key=key, fingerprint="", created_at=now()
    )


def _found(key: str) -> list[str]:
    rows = IdempotencyKey.objects.using(ALIAS).filter(key=key)
    return sorted(rows.values_list("key", flat=True))


class TestUniqueText:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("ana", "Ana"),
            ("ano", "año"),
            ("resume", "résumé"),
            ("🦉", "🐘"),
            ("и", "й"),
            ("a", "ａ"),
        ],
    )
    def test_is_told_apart_by_case_accent_and_picture(self, one: str, other: str) -> None:
        _keep(one)
        _keep(other)

        assert _found(one) == [one]
        assert _found(other) == [other]

    def test_is_refused_twice(self) -> None:
        _keep("once")

        with pytest.raises(IntegrityError):
            _keep("once")

    def test_differs_by_a_trailing_blank_but_on_mariadb(self) -> None:
        _keep("tiny")

        if VENDOR == "mysql":
            with pytest.raises(IntegrityError):
                _keep("tiny ")
        else:
            _keep("tiny ")

        assert _found("tiny ") == (["tiny"] if VENDOR == "mysql" else ["tiny "])


class TestText:
    def test_with_nul_is_refused_by_postgresql_alone(self) -> None:
        if VENDOR == "postgresql":
            with pytest.raises((DataError, ValueError)):
                _keep("a\x00b")
        else:
            _keep("a\x00b")
            assert _found("a\x00b") == ["a\x00b"]

    def test_that_is_too_long_is_kept_by_sqlite_alone(self) -> None:
        long = "x" * 192

        if VENDOR == "sqlite":
            _keep(long)
            assert _found(long) == [long]
        else:
            with pytest.raises(DataError):
                _keep(long)

    def test_sorts_by_code_point(self) -> None:
        for key in ("ñ", "b", "á", "A", "z", "n", "a"):
            _keep(key)

        rows = IdempotencyKey.objects.using(ALIAS).order_by("key")

        assert list(rows.values_list("key", flat=True)) == ["A", "a", "b", "n", "z", "á", "ñ"]


def _locked(**options: bool) -> list[str]:
    rows = IdempotencyKey.objects.using(ALIAS).select_for_update(**options).order_by("key")
    return list(rows.values_list("key", flat=True))


@server_only
class TestLocks:
    def test_of_another_are_skipped(self) -> None:
        for key in ("a", "b", "c"):
            _keep(key)
        theirs = IdempotencyKey.objects.using(ALIAS).select_for_update().filter(key="b")

        with (
            in_another_transaction(lambda: list(theirs), using=ALIAS),
            transaction.atomic(using=ALIAS),
        ):
            free = _locked(skip_locked=True)

        assert free == ["a", "c"]

    def test_are_gone_with_their_transaction(self) -> None:
        _keep("a")
        with in_another_transaction(_locked, using=ALIAS):
            pass

        with transaction.atomic(using=ALIAS):
            assert _locked(skip_locked=True) == ["a"]


@server_only
class TestIsolation:
    def test_hides_open_work_and_shows_committed_work(self) -> None:
        _keep("before")

        with transaction.atomic(using=ALIAS):
            first = _found("theirs")
            with in_another_transaction(lambda: _keep("theirs"), using=ALIAS):
                meanwhile = _found("theirs")
            after = _found("theirs")

        assert (first, meanwhile, after) == ([], [], ["theirs"])


@pytest.mark.skipif(VENDOR != "sqlite", reason=needs.SQLITE)
class TestOneWriter:
    def test_makes_the_next_one_wait_at_its_beginning(self) -> None:
        order: list[str] = []

        def next_one() -> None:
            with transaction.atomic(using=ALIAS):
                order.append("second")
            connections[ALIAS].close()

        with transaction.atomic(using=ALIAS):
            waiting = threading.Thread(target=next_one)
            waiting.start()
            waiting.join(timeout=0.5)
            order.append("first")
        waiting.join(timeout=30)

        assert order == ["first", "second"]

    def test_ignores_what_asks_to_skip_locks(self) -> None:
        _keep("a")

        with transaction.atomic(using=ALIAS):
            assert _locked(skip_locked=True) == ["a"]

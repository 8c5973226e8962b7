"""Counts in the table of the shared cache."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import caches

from contexts.shared.database.statements.counting import CountingDatabaseCache
from contexts.shared.kernel import new_id
from tests.parallel import at_once

pytestmark = pytest.mark.skipif(
    not isinstance(caches["default"], CountingDatabaseCache),
    reason="needs the cache in a table: CACHE_URL names a server (unset it)",
)

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


def _cache() -> CountingDatabaseCache:
    return CountingDatabaseCache("shared_cache", {})


@pytest.mark.django_db
class TestACount:
    def test_goes_up_and_down(self) -> None:
        cache, key = _cache(), str(new_id())
        cache.add(key, 0, 60)

        counts = [cache.incr(key), cache.incr(key, 5), cache.decr(key, 2)]

        assert counts == [1, 6, 4]
        assert cache.get(key) == 4

    def test_that_does_not_exist_is_refused(self) -> None:
        with pytest.raises(ValueError, match="there is no count"):
            _cache().incr(str(new_id()))

    def test_keeps_its_time_to_live(self) -> None:
        cache, key = _cache(), str(new_id())

        with time_machine.travel(NOON, tick=False) as clock:
            cache.add(key, 0, 60)
            clock.shift(timedelta(seconds=50))
            cache.incr(key)
            clock.shift(timedelta(seconds=11))

            with pytest.raises(ValueError, match="there is no count"):
                cache.incr(key)


@pytest.mark.django_db(transaction=True)
class TestParallelCounts:
    def test_are_all_there(self) -> None:
        cache, key = _cache(), str(new_id())
        cache.add(key, 0, 60)

        counts = at_once(lambda _: cache.incr(key), times=12)

        assert sorted(map(int, counts)) == list(range(1, 13))  # type: ignore[arg-type]

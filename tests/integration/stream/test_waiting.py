"""The next deliveries: equal by names and by a walk, in few statements for any backlog."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connections

from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.models import StreamDelivery
from contexts.shared.messaging.stream import waiting
from tests.integration.stream.happenings import ORIGIN

pytestmark = pytest.mark.django_db
NAMED, WALKED = 500, 0


def _row(subject: str, context: str = "identity", **state: Any) -> StreamDelivery:
    return StreamDelivery(
        event_id=new_id(), context=context, subject=subject, created_at=now(), **state
    )


def _write(rows: Iterable[StreamDelivery]) -> None:
    StreamDelivery.objects.using(ORIGIN).bulk_create(rows)


def _taken(at: datetime, **options: Any) -> list[tuple[str, str]]:
    return [(one.context, one.subject) for one in waiting.take(using=ORIGIN, at=at, **options)]


@pytest.mark.parametrize("named", [NAMED, WALKED])
class TestTaking:
    @pytest.fixture(autouse=True)
    def _small(self, named: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(waiting, "NAMED", named)
        monkeypatch.setattr(waiting, "PAGE", 3)
        monkeypatch.setattr(waiting, "BATCH", 4)

    def test_leaves_out_whole_subjects_of_their_contexts_alone(self) -> None:
        at = now()
        _write([
            _row("ana"), _row("ana", state="dead"), _row("ben", held_until=at + timedelta(1)),
            _row("ben"), _row("ana", "community"), _row("cleo", held_until=at),
            _row("ben", "billing"), _row("dora", "courses"), _row("ana"), _row("eve"), _row("cleo"),
        ])  # fmt: skip

        taken = _taken(at, without=["courses"])

        assert taken == [
            ("community", "ana"), ("identity", "cleo"), ("billing", "ben"), ("identity", "eve"),
        ]  # fmt: skip

    def test_takes_what_there_is_in_order(self) -> None:
        _write([_row("ana", state="dead"), *(_row(one) for one in ["c", "a", "ana", "b"])])

        assert [subject for _, subject in _taken(now())] == ["c", "a", "b"]


class TestHowMuchWaits:
    @pytest.fixture(autouse=True)
    def _much(self) -> None:
        _write([_row("ana", state="dead"), *(_row("ana") for _ in range(60)), _row("ben")])

    @pytest.mark.parametrize(("named", "statements"), [(NAMED, 2), (WALKED, 6)])
    def test_costs_hardly_a_statement(
        self,
        named: int,
        statements: int,
        monkeypatch: pytest.MonkeyPatch,
        django_assert_num_queries: Any,
    ) -> None:
        monkeypatch.setattr(waiting, "NAMED", named)
        monkeypatch.setattr(waiting, "PAGE", 20)
        monkeypatch.setattr(waiting, "BATCH", 10)

        with django_assert_num_queries(statements, connection=connections[ORIGIN]):
            taken = _taken(now())

        assert taken == [("identity", "ben")]

"""What a member may do in a day holds for requests that come at once, too."""

from uuid import UUID

import pytest
from django.conf import settings as configured

from contexts.community import api
from contexts.community.models import Reply, Report, Submission
from contexts.shared.kernel import new_id, now
from tests.factories.community import MemberFactory, corrected, first_edit, opened_text
from tests.parallel import at_once

pytestmark = pytest.mark.django_db(transaction=True)
LIMIT, SENDS = 3, 12


@pytest.fixture(autouse=True)
def _little_a_day(settings: pytest.FixtureRequest) -> None:
    little = {f"{name}_PER_DAY": LIMIT for name in ("SUBMISSIONS", "REPLIES", "REPORTS")}
    settings.COMMUNITY = {**configured.COMMUNITY, **little}  # type: ignore[attr-defined]


def _refused(outcomes: list[object]) -> int:
    assert {type(one) for one in outcomes} == {UUID, api.DailyLimit}, outcomes
    return sum(isinstance(one, api.DailyLimit) for one in outcomes)


class TestManyAtOnce:
    def test_texts_are_as_many_as_are_allowed(self) -> None:
        writer_id = MemberFactory().pk

        outcomes = at_once(
            lambda _: api.submit(
                submission_id=new_id(),
                writer_id=writer_id,
                text="I has a dog.",
                language="en",
                question="",
                now=now(),
            ),
            times=SENDS,
        )

        assert _refused(outcomes) == SENDS - LIMIT
        assert Submission.objects.filter(writer_id=writer_id).count() == LIMIT

    def test_replies_are_as_many_as_are_allowed(self) -> None:
        text = opened_text(MemberFactory().pk)
        edit = first_edit(corrected(text))

        outcomes = at_once(
            lambda _: api.reply(
                reply_id=new_id(),
                edit_id=edit.pk,
                author_id=text.writer_id,
                text="Why?",
                now=now(),
            ),
            times=SENDS,
        )

        assert _refused(outcomes) == SENDS - LIMIT
        assert Reply.objects.count() == LIMIT

    def test_reports_are_as_many_as_are_allowed(self) -> None:
        reporter_id = MemberFactory().pk
        others = [MemberFactory().pk for _ in range(SENDS)]

        outcomes = at_once(
            lambda n: api.report(
                report_id=new_id(),
                reporter_id=reporter_id,
                kind="member",
                subject_id=others[n],
                reason="spam",
                comment="",
                now=now(),
            ),
            times=SENDS,
        )

        assert _refused(outcomes) == SENDS - LIMIT
        assert Report.objects.count() == LIMIT

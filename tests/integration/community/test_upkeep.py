"""What community forgets, and what it keeps."""

from datetime import timedelta

import pytest

from contexts.community.models import Notification
from contexts.community.tasks import purge
from contexts.shared.kernel import first_id_at, now
from tests.factories.community import NotificationFactory

pytestmark = pytest.mark.django_db


class TestPurging:
    def test_takes_notifications_that_are_old(self) -> None:
        old = first_id_at(now() - timedelta(days=181))
        kept = first_id_at(now() - timedelta(days=179))
        NotificationFactory(id=old)
        NotificationFactory(id=kept)

        purge()

        assert list(Notification.objects.values_list("pk", flat=True)) == [kept]

import threading
import time
from typing import Any, ClassVar

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher, make_password

from busuu.settings import base
from contexts.identity.adapters.hashers import BoundedArgon2PasswordHasher
from contexts.shared.database.transactions.atomic import InsideATransaction, for_context
from contexts.shared.mailing.sending import send_due
from tests.factories.identity import PASSWORD
from tests.parallel import at_once

atomic = for_context("identity")


class Watched(BoundedArgon2PasswordHasher):
    """Notes how many hashes are being reckoned at the same time."""

    busy: ClassVar[int] = 0
    most: ClassVar[int] = 0
    counting: ClassVar[threading.Lock] = threading.Lock()

    def params(self) -> Any:
        with self.counting:
            Watched.busy += 1
            Watched.most = max(Watched.most, Watched.busy)
        time.sleep(0.02)
        with self.counting:
            Watched.busy -= 1
        return super().params()


class TestAPasswordHash:
    def test_is_argon2id_at_owasps_minimum_or_above(self) -> None:
        # OWASP Password Storage Cheat Sheet: m=19456 (19 MiB), t=2, p=1.
        hashed = make_password(PASSWORD)

        facts = identify_hasher(hashed).decode(hashed)

        assert base.ARGON2_MEMORY_KIB == 19_456
        assert (facts["variety"], facts["time_cost"], facts["parallelism"]) == ("argon2id", 2, 1)

    def test_is_reckoned_with_few_others_at_a_time(self, settings: Any) -> None:
        settings.PASSWORD_HASHERS = [f"{__name__}.{Watched.__name__}"]

        at_once(lambda _: make_password(PASSWORD), times=12)

        assert 1 <= Watched.most <= settings.CONCURRENT_PASSWORD_HASHES == 2


@pytest.mark.django_db
class TestACommand:
    def test_may_not_reckon_a_hash(self) -> None:
        hashed = make_password(PASSWORD)

        with pytest.raises(InsideATransaction, match="password hash inside a transaction"):
            atomic(lambda: make_password(PASSWORD))()
        with pytest.raises(InsideATransaction, match="password hash inside a transaction"):
            atomic(lambda: check_password(PASSWORD, hashed))()

    def test_may_not_send_mail(self) -> None:
        with pytest.raises(InsideATransaction, match="mail inside a transaction"):
            atomic(send_due)()

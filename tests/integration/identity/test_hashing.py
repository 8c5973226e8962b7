import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ClassVar

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from django.test import Client
from rest_framework.test import APIClient

from busuu.settings import base
from contexts.identity import api
from contexts.identity.adapters import hashers
from contexts.identity.adapters.hashers import BoundedArgon2PasswordHasher, Busy, Lane
from contexts.identity.models import User
from contexts.shared.database.transactions.atomic import InsideATransaction, for_context
from contexts.shared.mailing.sending import send_due
from tests.factories.identity import PASSWORD, UserFactory
from tests.integration.identity.people import holds, sign_in
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

        assert Watched.most == base.CONCURRENT_PASSWORD_HASHES == 1


class TestTheLane:
    def test_refuses_at_once_what_finds_no_place(self) -> None:
        lane, go_on = Lane(threads=1, waiting=1), threading.Event()
        inside = threading.Semaphore(0)

        def enter(_: int) -> str:
            with lane.place():
                inside.release()
                return lane.run(lambda: "hashed" if go_on.wait(timeout=30) else "late")

        with ThreadPoolExecutor(2) as web:
            places = [web.submit(enter, n) for n in range(2)]
            for _ in places:
                assert inside.acquire(timeout=30)
            with pytest.raises(Busy):
                lane.run(lambda: "one too many")
            go_on.set()

        assert [place.result() for place in places] == ["hashed", "hashed"]
        assert lane.run(lambda: "free again") == "free again"

    def test_of_a_sign_in_is_left_after_an_error(self) -> None:
        lane = Lane(threads=1, waiting=0)

        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                lane.run(lambda: 1 // 0)

    @pytest.mark.skipif(
        sys.platform != "linux",
        reason="needs Linux, where a thread has a priority: make test in a container of Linux",
    )
    def test_yields_the_processor_to_the_web_threads(self) -> None:
        def priority() -> int:
            return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

        assert Lane(threads=1, waiting=0).run(priority) == min(priority() + 10, 19)

    def test_is_made_anew_in_a_forked_process(self) -> None:
        make_password(PASSWORD)
        child = os.fork()
        if child == 0:
            os._exit(0 if check_password(PASSWORD, make_password(PASSWORD)) else 1)

        assert os.waitpid(child, 0)[1] == 0


@pytest.mark.django_db
class TestSigningInToABusyProcess:
    def test_is_refused_with_a_time_to_wait(self, monkeypatch: pytest.MonkeyPatch) -> None:
        user, lane = UserFactory(), Lane(threads=1, waiting=0)
        monkeypatch.setattr(hashers._current, "lane", lane)
        taken, leave = threading.Event(), threading.Event()
        body = {"email": user.email, "password": PASSWORD}

        def occupy() -> None:
            lane.run(lambda: (taken.set(), leave.wait(timeout=30)))

        thread = threading.Thread(target=occupy)
        thread.start()
        assert taken.wait(timeout=30)
        refused = APIClient().post("/api/v1/auth/sign-in", body)
        leave.set()
        thread.join()
        done = APIClient().post("/api/v1/auth/sign-in", body)

        assert (refused.status_code, refused.json()["code"]) == (503, "busy")
        assert refused["Retry-After"] == "2"
        assert done.status_code == 200


@pytest.mark.django_db
class TestSigningInWithAWeakHash:
    def test_stores_a_stronger_one_and_ends_no_session(self, settings: Any) -> None:
        user = UserFactory()
        page, app = Client(), sign_in(user)
        page.force_login(user)
        settings.PASSWORD_HASHERS = [f"{__name__}.{Stronger.__name__}"]

        fresh = sign_in(user)

        stored = User.objects.get().password
        assert identify_hasher(stored).decode(stored)["time_cost"] == 3
        assert holds(app.access_token)
        assert holds(fresh.access_token)
        assert page.get("/tutoring/").status_code == 403
        assert sign_in(user)
        assert User.objects.get().password == stored

    def test_does_so_on_pages_too(self, settings: Any) -> None:
        user = UserFactory(is_staff=True)
        settings.PASSWORD_HASHERS = [f"{__name__}.{Stronger.__name__}"]

        Client().post("/admin/login/?next=/admin/", {"username": user.email, "password": PASSWORD})

        stored = User.objects.get().password
        assert identify_hasher(stored).decode(stored)["time_cost"] == 3

    def test_is_not_done_for_a_wrong_password(self, settings: Any) -> None:
        user = UserFactory()
        settings.PASSWORD_HASHERS = [f"{__name__}.{Stronger.__name__}"]

        with pytest.raises(api.WrongCredentials):
            sign_in(user, password="wrong")

        assert User.objects.get().password == user.password


class Stronger(BoundedArgon2PasswordHasher):
    time_cost = 3


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

"""The last chapter: a learner asks to be forgotten."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from busuu.workshop.journey import people
from busuu.workshop.journey.client import Client, eventually, promise
from busuu.workshop.journey.desk import Desk
from busuu.workshop.journey.event_log import FORGOTTEN, promise_order
from busuu.workshop.journey.people import Newcomer

ASK = "mutation { requestErasure { dueAt } }"
WITHDRAW = "mutation { withdrawErasure }"
GRACE = timedelta(days=14, minutes=1)


@dataclass
class Leaving:
    base_url: str
    person: Newcomer

    def steps(self) -> list[Callable[[], Iterator[str]]]:
        return [self.ask, self.be_forgotten, self.leave_nothing]

    def ask(self) -> Iterator[str]:
        client = self.person.client
        client.ask(ASK)
        client.ask(WITHDRAW)
        client.call("GET", "/api/v1/me/erasure", expect=404)
        client.ask(ASK)
        yield "the learner asked to be forgotten, withdrew that, and asked again"

    def be_forgotten(self) -> Iterator[str]:
        people.travel(self.base_url, GRACE)
        staff = people.demo_person(self.base_url, "sam")
        eventually(lambda: self._has(staff, "erasure_due"), "the end of the account")
        body = {"email": self.person.email, "password": self.person.password}
        self.person.client.call("POST", "/api/v1/auth/sign-in", body, expect=401)
        yield "two weeks later the account is gone"
        done = "erasure_completed"
        eventually(lambda: self._has(staff, done), "the confirmation of every context")
        yield "every context has confirmed the erasure"

    def leave_nothing(self) -> Iterator[str]:
        desk, who = Desk(self.base_url), self.person.id
        promise(f"{who}@erased.invalid" in desk.list("identity/user", who), "no address is left")
        for model in ("community/submission", "courses/enrollment", "community/notification"):
            desk.shows(model, who, 0)
        desk.shows("billing/invoice", who, 2)
        yield "staff see no address and no texts, only the two invoices that the law demands"
        staff = people.demo_person(self.base_url, "sam")
        log = staff.call("GET", f"/api/v1/events/{who}")["results"]
        promise_order(log, FORGOTTEN)
        yield "the event log shows each step of the erasure"

    def _has(self, staff: Client, fact: str) -> bool:
        log = staff.call("GET", f"/api/v1/events/{self.person.id}")["results"]
        return any(one["type"] == f"identity.{fact}.v1" for one in log)

"""The fourth chapter: lessons with a tutor, and what each of them costs."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from busuu.journey import people
from busuu.journey.client import Client, eventually, promise
from busuu.journey.people import Newcomer

WALLET = "{ wallet { held bookable } }"
LESSONS = "/api/v1/tutoring/lessons"
THURSDAY, EVENING = 3, 18
WANTED = 3
# The demo's policy returns the credit of whoever cancels a day ahead.
AHEAD = timedelta(hours=48)


@dataclass
class Lessons:
    """`learner` has five credits and lives in `zone`."""

    base_url: str
    learner: Newcomer
    zone: ZoneInfo
    tutor: Any = field(init=False, default=None)
    slots: list[Any] = field(init=False, default_factory=list)
    booked: list[Any] = field(init=False, default_factory=list)

    def steps(self) -> list[Callable[[], Iterator[str]]]:
        return [self.search, self.book, self.cancel, self.meet]

    def search(self) -> Iterator[str]:
        evening = self._thursday_evening()
        window = {
            "language": "en",
            "from": evening.isoformat(),
            "to": (evening + timedelta(hours=4)).isoformat(),
        }
        found = self.learner.client.call("GET", f"/api/v1/tutoring/tutors?{urlencode(window)}")
        free = next(one for one in found["results"] if len(one["slots"]) >= WANTED)
        self.tutor, self.slots = free["tutor"], free["slots"]
        first = datetime.fromisoformat(self.slots[0]["local_starts_at"])
        promise((first.weekday(), first.hour) == (THURSDAY, EVENING), f"{self.slots[0]}")
        yield f"{self.tutor['name']} is free on {first:%A, %B %-d at %H:%M} in {self.zone.key}"

    def _thursday_evening(self) -> datetime:
        day = (self._now() + AHEAD).astimezone(self.zone)
        day += timedelta(days=(THURSDAY - day.weekday()) % 7)
        evening = day.replace(hour=EVENING, minute=0, second=0, microsecond=0)
        return evening if evening > self._now() + AHEAD else evening + timedelta(days=7)

    def book(self) -> Iterator[str]:
        key = {"Idempotency-Key": secrets.token_hex(16)}
        lesson = self._book(self.learner.client, self.slots[0], headers=key)
        again = self._book(self.learner.client, self.slots[0], headers=key)
        promise(again["id"] == lesson["id"], "one key, one lesson")
        rival = people.demo_person(self.base_url, "emma")
        refused = self._book(rival, self.slots[0], expect=409)
        promise(refused["code"] == "slot_taken", f"{refused}")
        yield "booked it; a second learner who wanted the same minute was refused: slot_taken"
        self.booked = [
            lesson,
            *(self._book(self.learner.client, one) for one in self.slots[1:WANTED]),
        ]
        eventually(lambda: self._wallet() == (2, 300), "three held credits")
        yield f"three lessons stand, three credits are held; agreed on {lesson['policy']}"

    def _book(
        self,
        client: Client,
        slot: Any,
        *,
        expect: int = 201,
        headers: dict[str, str] | None = None,
    ) -> Any:
        body = {"tutor": self.tutor["id"], "starts_at": slot["starts_at"], "language": "en"}
        return client.call("POST", LESSONS, body, expect=expect, headers=headers)

    def cancel(self) -> Iterator[str]:
        in_time, too_late = self.booked[1], self.booked[2]
        ended = self._act(in_time, "cancellation")
        promise(ended["spent_percent"] == 0, f"{ended}")
        eventually(lambda: self._wallet() == (3, 200), "the credit back")
        yield "canceled one in time: its credit is back"
        self._travel_to(self.booked[0], before=timedelta(hours=12))
        ended = self._act(too_late, "cancellation")
        promise(ended["spent_percent"] == 100, f"{ended}")
        eventually(lambda: self._wallet() == (3, 100), "the credit spent")
        yield "twelve hours ahead canceled another, too late: its credit is spent, as agreed"

    def meet(self) -> Iterator[str]:
        lesson = self.booked[0]
        room = f"{LESSONS}/{lesson['id']}/room"
        self._travel_to(lesson, before=timedelta(minutes=11))
        closed = self.learner.client.call("GET", room, expect=409)
        promise(closed["code"] == "room_not_open", f"{closed}")
        self._travel_to(lesson, before=timedelta(minutes=9))
        link = self.learner.client.call("GET", room)["url"]
        stranger = people.demo_person(self.base_url, "emma")
        stranger.call("GET", room, expect=404)
        yield f"the room opened ten minutes before, for the two alone: {link.split('?')[0]}"
        self._travel_to(lesson, before=-timedelta(minutes=61))
        tutor = people.demo_person(self.base_url, "oliver")
        done = tutor.call("POST", f"{LESSONS}/{lesson['id']}/completion")
        promise(done["state"] == "completed", f"{done}")
        eventually(lambda: self._wallet() == (3, 0), "the credit captured")
        yield "the tutor completed the lesson; its credit is captured"
        staff = people.demo_person(self.base_url, "sam")
        log = staff.call("GET", f"/api/v1/events/{self.learner.id}")["results"]
        told = [one["type"].split(".")[1] for one in log]
        order = ["lesson_booked", "lesson_canceled", "lesson_completed"]
        places = [len(told) - 1 - told[::-1].index(fact) for fact in order]
        promise(places == sorted(places), f"the log tells it in order: {told}")
        spent = next(one for one in log if one["type"] == "tutoring.lesson_completed.v1")
        handlers = [name for name in spent["handled_by"] if name.startswith("billing.")]
        promise(bool(handlers), f"billing heard of it: {spent}")
        yield f"the tutor has earned ({handlers[0]}); the event log tells it in order"

    def _act(self, lesson: Any, what: str) -> Any:
        return self.learner.client.call("POST", f"{LESSONS}/{lesson['id']}/{what}")

    def _wallet(self) -> tuple[int, int]:
        wallet = self.learner.client.ask(WALLET)["wallet"]
        return wallet["bookable"], wallet["held"]

    def _now(self) -> datetime:
        admin = people.demo_person(self.base_url, "admin")
        return datetime.fromisoformat(admin.call("GET", "/api/v1/development/clock")["now"])

    def _travel_to(self, lesson: Any, *, before: timedelta) -> None:
        target = datetime.fromisoformat(lesson["starts_at"]) - before
        people.travel(self.base_url, target - self._now())
        self.learner.sign_in()

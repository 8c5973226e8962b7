"""The fourth chapter: lessons with a tutor, and their costs."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from busuu.workshop.journey import people
from busuu.workshop.journey.client import Client, eventually, promise
from busuu.workshop.journey.desk import Desk
from busuu.workshop.journey.people import Newcomer

WALLET = "{ wallet { held bookable } }"
# Aliases give REST's names, so that lessons from both APIs are read alike.
TUTORS = """query ($language: String!, $from: Instant!, $to: Instant!) {
  tutors(language: $language) { nodes {
    id name slots(from: $from, to: $to) { starts_at: startsAt local_starts_at: localStartsAt }
  } } }"""
BOOKED = "id state policy starts_at: startsAt spent_percent: spentPercent"
BOOK = f"""mutation ($tutor: UUID!, $at: Instant!, $language: String!) {{
  bookLesson(tutor: $tutor, startsAt: $at, language: $language) {{ {BOOKED} }} }}"""
CANCEL = f"mutation ($id: UUID!) {{ cancelLesson(id: $id) {{ {BOOKED} }} }}"
COMPLETE = f"mutation ($id: UUID!) {{ completeBookedLesson(id: $id) {{ {BOOKED} }} }}"
ROOM = "mutation ($id: UUID!) { enterLessonRoom(id: $id) { url opensAt closesAt } }"
LESSONS = "/api/v1/tutoring/lessons"
TUTOR_STATE = "/api/v1/tutoring/application/state"
RESUME = "mutation { setTutorState(state: active) { state } }"
THURSDAY, EVENING = 3, 18
WANTED = 3
# The policy of the demo tutors returns the credit if a lesson is canceled a day ahead.
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
        return [self.search, self.book, self.cancel, self.meet, self.pause]

    def search(self) -> Iterator[str]:
        evening = self._thursday_evening()
        window = {"from": evening.isoformat(), "to": (evening + timedelta(hours=4)).isoformat()}
        found = self.learner.client.ask(TUTORS, language="en", **window)["tutors"]["nodes"]
        self.tutor = next(one for one in found if len(one["slots"]) >= WANTED)
        self.slots = self.tutor["slots"]
        first = datetime.fromisoformat(self.slots[0]["local_starts_at"])
        promise((first.weekday(), first.hour) == (THURSDAY, EVENING), f"{self.slots[0]}")
        yield f"{self.tutor['name']} is free on {first:%A, %B %-d at %H:%M} in {self.zone.key}"

    def _thursday_evening(self) -> datetime:
        soon = people.clock(self.base_url) + AHEAD
        day = soon.astimezone(self.zone)
        day += timedelta(days=(THURSDAY - day.weekday()) % 7)
        evening = day.replace(hour=EVENING, minute=0, second=0, microsecond=0)
        return evening if evening > soon else evening + timedelta(days=7)

    def book(self) -> Iterator[str]:
        wanted, key = self._wanted(self.slots[0]), secrets.token_hex(16)
        lesson = self.learner.client.ask(BOOK, key=key, **wanted)["bookLesson"]
        again = self.learner.client.ask(BOOK, key=key, **wanted)["bookLesson"]
        promise(again["id"] == lesson["id"], "one key, one lesson")
        rival = people.demo_person(self.base_url, "emma")
        refused = self._book(rival, self.slots[0], expect=409)
        promise(refused["code"] == "slot_taken", f"{refused}")
        code = rival.refused(BOOK, **wanted)
        promise(code == "slot_taken", f"the same over GraphQL: {code}")
        yield "the learner booked it; a second learner was refused the same slot: slot_taken"
        self.booked = [
            lesson,
            *(self._book(self.learner.client, one) for one in self.slots[1:WANTED]),
        ]
        eventually(lambda: self._wallet() == (2, 300), "three held credits")
        yield f"three lessons are booked, three credits held; the policy is {lesson['policy']}"

    def _book(self, client: Client, slot: Any, *, expect: int = 201) -> Any:
        body = {"tutor": self.tutor["id"], "starts_at": slot["starts_at"], "language": "en"}
        return client.call("POST", LESSONS, body, expect=expect)

    def _wanted(self, slot: Any) -> dict[str, str]:
        return {"tutor": self.tutor["id"], "at": slot["starts_at"], "language": "en"}

    def cancel(self) -> Iterator[str]:
        in_time, too_late = self.booked[1], self.booked[2]
        ended = self.learner.client.ask(CANCEL, id=in_time["id"])["cancelLesson"]
        promise(ended["spent_percent"] == 0, f"{ended}")
        eventually(lambda: self._wallet() == (3, 200), "the credit back")
        yield "the learner canceled a lesson in time and got the credit back"
        self._travel_to(self.booked[0], before=timedelta(hours=12))
        late = f"{LESSONS}/{too_late['id']}/cancellation"
        ended = self.learner.client.call("POST", late)
        promise(ended["spent_percent"] == 100, f"{ended}")
        eventually(lambda: self._wallet() == (3, 100), "the credit spent")
        yield "the learner canceled another twelve hours ahead, too late: its credit is spent"

    def meet(self) -> Iterator[str]:
        lesson = self.booked[0]
        room = f"{LESSONS}/{lesson['id']}/room"
        self._travel_to(lesson, before=timedelta(minutes=11))
        closed = self.learner.client.call("POST", room, expect=409)
        promise(closed["code"] == "room_not_open", f"{closed}")
        code = self.learner.client.refused(ROOM, id=lesson["id"])
        promise(code == "room_not_open", f"the same over GraphQL: {code}")
        self._travel_to(lesson, before=timedelta(minutes=9))
        link = self.learner.client.ask(ROOM, id=lesson["id"])["enterLessonRoom"]["url"]
        self._same_room(link, lesson)
        stranger = people.demo_person(self.base_url, "emma")
        stranger.call("POST", room, expect=404)
        yield f"the room opened ten minutes ahead, for these two only: {link.split('?')[0]}"
        self._travel_to(lesson, before=-timedelta(minutes=61))
        tutor = people.demo_person(self.base_url, "oliver")
        done = tutor.ask(COMPLETE, id=lesson["id"])["completeBookedLesson"]
        promise(done["state"] == "completed", f"{done}")
        eventually(lambda: self._wallet() == (3, 0), "the credit captured")
        yield "the tutor completed the lesson; its credit is spent"

    def _same_room(self, link: str, lesson: Any) -> None:
        tutor = people.demo_person(self.base_url, "oliver")
        theirs = tutor.ask(ROOM, id=lesson["id"])["enterLessonRoom"]["url"]
        rooms = {one.split("?")[0].split("#")[0] for one in (link, theirs)}
        promise(len(rooms) == 1 and link != theirs, f"one room, a link for each: {link}, {theirs}")

    def _wallet(self) -> tuple[int, int]:
        wallet = self.learner.client.ask(WALLET)["wallet"]
        return wallet["bookable"], wallet["held"]

    def _travel_to(self, lesson: Any, *, before: timedelta) -> None:
        target = datetime.fromisoformat(lesson["starts_at"]) - before
        people.travel(self.base_url, target - people.clock(self.base_url))
        self.learner.sign_in()

    def pause(self) -> Iterator[str]:
        tutor, desk = people.demo_person(self.base_url, "oliver"), Desk(self.base_url)
        page = f"/api/v1/tutoring/tutors/{self.tutor['id']}"
        tutor.call("PUT", TUTOR_STATE, {"state": "paused", "reason": "holiday"})
        self.learner.client.call("GET", page, expect=404)
        tutor.ask(RESUME)
        self.learner.client.call("GET", page)
        yield "the tutor paused and came back; meanwhile no learner found them"
        desk.act("pause", "tutoring/tutor", self.tutor["id"])
        code = tutor.refused(RESUME)
        promise(code == "paused_by_staff", f"only staff end their pause: {code}")
        desk.act("resume", "tutoring/tutor", self.tutor["id"])
        self.learner.client.call("GET", page)
        yield "a pause of staff was ended by staff, not by the tutor: paused_by_staff"

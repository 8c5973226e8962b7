"""The second chapter: a machine marks a text, a native corrects it, the writer reviews it."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from busuu.workshop.journey import people
from busuu.workshop.journey.client import Client, eventually, promise
from busuu.workshop.journey.desk import Desk
from busuu.workshop.journey.listening import Listener
from busuu.workshop.journey.people import Newcomer
from contexts.shared.kernel import new_id

COURSE = "en-from-es"
TASK = "hello.e.write"
TEXT = "Hello, i am from Colombia. I have twenty years. My dog is very big."
MENDED = "I am twenty years old."
AGE = {"start": 2, "end": 19, "old": "have twenty years", "new": "am twenty years old"}
ENROLL = "mutation ($course: String!) { enroll(course: $course) { id } }"
SUBMISSION = """query ($id: UUID!) { submission(id: $id) {
  state draft { state source edits { old new source } }
  corrections { corrector { name } sentences { index perfect text edits { id old new state } } }
} }"""
FEED = "{ feed(first: 50) { nodes { id } } }"
TAKE = "mutation ($id: UUID!) { takeText(submission: $id) { id leasedUntil } }"
NOTIFICATIONS = "{ notifications(first: 20) { nodes { kind submission } } }"
ACCEPT = "mutation ($edit: UUID!) { acceptEdit(edit: $edit) }"
REVIEWS = "{ reviews(first: 50) { nodes { item kind text translation } } }"
STANDING = """{
  reputation { points languages {
    language accepted disputed score priorMean priorWeight
  } }
  points(first: 50) { nodes { id points reason quantity } }
}"""
DISPUTE = "mutation ($edit: UUID!, $reason: String!) { disputeEdit(edit: $edit, reason: $reason) }"
AT_ONCE_SECONDS = 2.0
LEASE, LATER = timedelta(minutes=10), timedelta(seconds=10)
# Two sentences corrected, one found perfect, one edit accepted.
EARNED = {"sentences_corrected": 4, "sentences_confirmed": 1, "edit_accepted": 5}


@dataclass
class Feedback:
    """`writer` speaks Spanish and learns English. `native` is the learner of chapter one."""

    base_url: str
    writer: Newcomer
    native: Client
    native_id: str
    enrollment: str = field(init=False, default="")
    submission: str = field(init=False, default="")
    wrote: float = field(init=False, default=0.0)
    before: Any = field(init=False, default=None)
    accepted: str = field(init=False, default="")

    def steps(self) -> list[Callable[[], Iterator[str]]]:
        return [self.write, self.machine_draft, self.offer, self.correct, self.judge, self.earn]

    def write(self) -> Iterator[str]:
        client = self.writer.client
        self.enrollment = client.ask(ENROLL, course=COURSE)["enroll"]["id"]
        body = {"attempt_id": str(new_id()), "exercise": TASK, "answer": {"text": TEXT}}
        path = f"/api/v1/enrollments/{self.enrollment}/answers"
        self.wrote = time.monotonic()
        graded = client.call("POST", path, body)
        again = client.call("POST", path, body)
        promise(graded["verdict"] == "submitted", f"{graded}")
        promise(graded["submission"] == again["submission"], "one attempt, one submission")
        self.submission = graded["submission"]
        yield "the learner wrote a text in a lesson; sent twice, it is one submission"

    def machine_draft(self) -> Iterator[str]:
        draft = eventually(self._draft, "a machine draft", seconds=AT_ONCE_SECONDS)
        took = time.monotonic() - self.wrote
        promise(took < AT_ONCE_SECONDS, f"the draft is there at once: {took:.2f} s")
        promise(draft["source"] == "machine", f"labeled: {draft}")
        promise({one["source"] for one in draft["edits"]} == {"machine"}, f"labeled: {draft}")
        marked = [(one["old"], one["new"]) for one in draft["edits"]]
        promise(("i", "I") in marked, f"the small i is marked: {marked}")
        yield f"a machine marked {len(marked)} place(s) within {took:.2f} s, labeled as a machine's"

    def _draft(self) -> Any:
        # Community shows the text to nobody until its event has arrived.
        body = {"query": SUBMISSION, "variables": {"id": self.submission}}
        submission = self.writer.client.call("POST", "/graphql", body)["data"]["submission"]
        draft = submission and submission["draft"]
        return draft if draft and draft["state"] == "ready" else None

    def offer(self) -> Iterator[str]:
        mine = self.writer.client.ask(FEED)["feed"]["nodes"]
        promise(
            self.submission not in [one["id"] for one in mine],
            "the writer is not offered their own text",
        )
        eventually(self._offered, "the text in a native's feed")
        taken = self.native.ask(TAKE, id=self.submission)["takeText"]
        left = datetime.fromisoformat(taken["leasedUntil"]) - people.clock(self.base_url)
        promise(LEASE - LATER <= left <= LEASE, f"for ten minutes: {left}")
        Desk(self.base_url).shows("community/lease", self.native_id, 1)
        other = people.demo_person(self.base_url, "emma")
        refused = other.call(
            "POST", f"/api/v1/community/submissions/{self.submission}/lease", expect=409
        )
        promise(refused["code"] == "taken", f"{refused}")
        yield "a native found it in the feed and took it for ten minutes; staff see that"
        yield "a second native was refused: taken"

    def _offered(self) -> bool:
        nodes = self.native.ask(FEED)["feed"]["nodes"]
        return self.submission in [one["id"] for one in nodes]

    def correct(self) -> Iterator[str]:
        self.before = self.native.ask(STANDING)
        listener = Listener(self.writer.client)
        began = time.monotonic()
        self.native.call(
            "POST",
            f"/api/v1/community/submissions/{self.submission}/corrections",
            {
                "sentences": [
                    {"index": 0, "edits": [{"start": 7, "end": 8, "old": "i", "new": "I"}]},
                    {"index": 1, "edits": [AGE]},
                    {"index": 2, "perfect": True},
                ],
                "comment": "Well done!",
            },
            expect=201,
        )
        took = listener.wait_for("submission_corrected", since=began, seconds=1.0)
        yield f"the native corrected two sentences; the writer's stream said so in {took:.2f} s"
        listed = self.writer.client.ask(NOTIFICATIONS)["notifications"]["nodes"]
        mine = [one for one in listed if one["submission"] == self.submission]
        promise([one["kind"] for one in mine] == ["submission_corrected"], f"{listed}")
        yield "the writer also found the notification in the list"

    def judge(self) -> Iterator[str]:
        submission = self.writer.client.ask(SUBMISSION, id=self.submission)["submission"]
        sentences = submission["corrections"][0]["sentences"]
        promise([one["perfect"] for one in sentences] == [False, False, True], f"{sentences}")
        promise(sentences[1]["text"] == MENDED, f"the edits rebuild it: {sentences[1]}")
        self.accepted, disputed = sentences[1]["edits"][0]["id"], sentences[0]["edits"][0]["id"]
        began = time.monotonic()
        self.writer.client.ask(ACCEPT, edit=self.accepted)
        card = eventually(self._card, "a review card", seconds=AT_ONCE_SECONDS)
        took = time.monotonic() - began
        promise(took < AT_ONCE_SECONDS, f"the card is there at once: {took:.2f} s")
        promise(card["translation"] == "I have twenty years.", f"{card}")
        yield f"the writer accepted an edit; {took:.2f} s later it is a card: “{card['text']}”"
        self.writer.client.ask(DISPUTE, edit=disputed, reason="I like it small.")
        yield "the writer disputed another edit"
        answer = {
            "attempt_id": str(new_id()),
            "exercise": card["item"],
            "answer": {"text": card["text"]},
        }
        path = f"/api/v1/enrollments/{self.enrollment}/answers"
        grade = self.writer.client.call("POST", path, answer)
        promise(grade["verdict"] == "correct", f"{grade}")
        yield "the writer reviewed the card"

    def _card(self) -> Any:
        nodes = self.writer.client.ask(REVIEWS)["reviews"]["nodes"]
        return next((one for one in nodes if one["item"] == f"card:{self.accepted}"), None)

    def earn(self) -> Iterator[str]:
        after = eventually(self._standing, "the corrector's reputation")
        [english] = after["reputation"]["languages"]
        promise((english["accepted"], english["disputed"]) == (1, 1), f"{english}")
        weight, mean = english["priorWeight"], english["priorMean"]
        expected = (weight * mean + 1) / (weight + 2)
        promise(abs(english["score"] - expected) < 0.001, f"{expected} says why: {english}")
        promise(
            self.before["reputation"]["languages"] == [], f"no reputation before: {self.before}"
        )
        yield f"the corrector's reputation went from {mean} to {english['score']:.2f}"
        had = [one["id"] for one in self.before["points"]["nodes"]]
        new = [one for one in after["points"]["nodes"] if one["id"] not in had]
        promise({one["reason"]: one["points"] for one in new} == EARNED, f"each says why: {new}")
        gained = after["reputation"]["points"] - self.before["reputation"]["points"]
        promise(gained == sum(EARNED.values()) == sum(one["points"] for one in new), f"{after}")
        yield f"the corrector's points grew by {gained}, for {', '.join(sorted(EARNED))}"

    def _standing(self) -> Any:
        standing = self.native.ask(STANDING)
        known = standing["reputation"]["languages"]
        counted = [one["accepted"] + one["disputed"] for one in known]
        return standing if counted == [2] else None

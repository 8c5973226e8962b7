"""The fifth chapter: staff look at the story in the admin and in the event log."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from busuu.workshop.journey import people
from busuu.workshop.journey.client import promise
from busuu.workshop.journey.desk import EMAIL, Desk
from busuu.workshop.journey.event_log import SERVED, promise_order
from busuu.workshop.journey.feedback import Feedback
from busuu.workshop.journey.lessons import Lessons
from busuu.workshop.journey.paying import Paying
from busuu.workshop.journey.people import Newcomer


@dataclass
class Staff:
    """Looks at what `person` did in the earlier chapters."""

    base_url: str
    person: Newcomer
    feedback: Feedback
    paying: Paying
    lessons: Lessons
    desk: Desk = field(init=False)

    def steps(self) -> list[Callable[[], Iterator[str]]]:
        return [
            self.sign_in,
            self.see_feedback,
            self.see_webhooks,
            self.see_money,
            self.see_lessons,
            self.see_earnings,
            self.see_events,
        ]

    def sign_in(self) -> Iterator[str]:
        self.desk = Desk(self.base_url)
        yield f"{EMAIL} signed in to the admin"

    def see_feedback(self) -> Iterator[str]:
        self.desk.shows("community/submission", self.feedback.submission, 1)
        [correction] = self.desk.shows("community/correction", self.feedback.submission, 1)
        judged = self.desk.open(f"community/correction/{correction}/change/").lower()
        promise("accepted" in judged and "disputed" in judged, f"both edits of {correction}")
        self.desk.shows("courses/card", self.feedback.accepted, 1)
        yield "staff see the text, its correction, both judged edits and the review card"
        self.desk.shows("community/lease", self.feedback.native_id, 0)
        points = self.desk.found("community/pointsentry", self.feedback.native_id)
        notices = self.desk.found("community/notification", self.person.id)
        promise(bool(notices) and len(points) == 3, f"notices and points: {notices}, {points}")
        yield f"staff see {len(notices)} notifications, {len(points)} points entries, no lease"

    def see_webhooks(self) -> Iterator[str]:
        for event in self.paying.webhooks:
            self.desk.shows("billing/webhook", event, 1)
            page = self.desk.list("billing/webhook", event)
            promise('data-label="state">done<' in page, f"acted on {event}")
        yield f"staff see {len(self.paying.webhooks)} webhooks, each of them once, all done"

    def see_money(self) -> Iterator[str]:
        self.desk.shows("billing/checkout", self.person.id, 2)
        self.desk.shows("billing/subscription", self.person.id, 1)
        self.desk.shows("billing/invoice", self.person.id, 2)
        self.desk.shows("billing/entitlement", self.person.id, 1)
        self.desk.shows("billing/wallet", self.person.id, 1)
        holds = self.desk.shows("billing/credithold", self.person.id, 3)
        yield "staff see two purchases, their invoices, Premium, the wallet and three holds"
        of_ledger = "billing/ledgertransaction"
        spent = {one for one in holds if self.desk.found(of_ledger, f"spent:{one}")}
        promise(spent == set(self._paid_lessons), f"two of them were spent: {spent}")
        page = self.desk.open("billing/ledgeraccount/add-up/")
        promise("Everything adds up." in page, "the ledger sums to zero")
        yield "the ledger adds up"

    @property
    def _paid_lessons(self) -> list[str]:
        held, _in_time, too_late = (lesson["id"] for lesson in self.lessons.booked)
        return [held, too_late]

    def see_lessons(self) -> Iterator[str]:
        self.desk.shows("tutoring/lesson", self.person.id, 3)
        page = self.desk.list("tutoring/lesson", self.person.id)
        promise(page.lower().count("canceled") >= 2, "two were canceled")
        yield "staff see three lessons, one completed and two canceled"

    def see_earnings(self) -> Iterator[str]:
        currency = self.desk.cell("billing/payee", self.lessons.tutor["id"], "currency")
        payable = f"tutor:payable:{self.lessons.tutor['id']}:{currency}"
        self.desk.shows("billing/ledgeraccount", payable, 1)
        earned = self.desk.entries(payable)
        revenue = self.desk.entries("platform:lesson_revenue:-:COP")
        worth = self.paying.net / 5
        for lesson in self._paid_lessons:
            [cause] = [one for one in earned if one.startswith(f"earned:{lesson}:")]
            promise(abs(-revenue[cause] - worth) <= 1, f"a credit's worth: {revenue}, {worth}")
            promise(earned[cause] < 0, f"the tutor has earned: {earned}")
            yield f"the tutor has earned {-earned[cause] / 100:,.2f} {currency} by the list price"

    def see_events(self) -> Iterator[str]:
        events = self.desk.found("messaging/storedevent", self.person.id)
        promise(len(events) > 10, f"the events of the story: {events}")
        yield f"staff see {len(events)} events on one page of the log"
        staff = people.demo_person(self.base_url, "sam")
        log = staff.call("GET", f"/api/v1/events/{self.person.id}")["results"]
        promise_order(log, SERVED)
        yield f"the log has {len(SERVED)} events of the story in order"
        done = next(one for one in log if one["type"] == "tutoring.lesson_completed.v1")
        promise("billing.spend_credit" in done["handled_by"], f"billing handled it: {done}")
        yield "billing.spend_credit has handled the end of the lesson"

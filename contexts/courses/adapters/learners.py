"""Learners, as identity knows them."""

from contexts.courses.models import Learner
from contexts.identity import api as identity
from contexts.shared.people.directory import Directory

learners = Directory(
    context="courses",
    person=Learner,
    identity=identity,
    columns=lambda profile: {
        "display_name": profile.display_name,
        "time_zone": profile.time_zone,
    },
)

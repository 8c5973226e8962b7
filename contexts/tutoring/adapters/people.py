"""Tutoring's table of people, filled from identity."""

from contexts.identity import api as identity
from contexts.shared.people.directory import Directory
from contexts.tutoring.models import Block, Person

people = Directory(
    context="tutoring",
    person=Person,
    block=Block,
    identity=identity,
    columns=lambda profile: {
        "display_name": profile.display_name,
        "time_zone": profile.time_zone,
        "interface_language": profile.interface_language,
    },
)

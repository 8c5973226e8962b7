"""Tutoring's part of the GraphQL schema."""

from contexts.tutoring.graphql import availability, calendars, lessons, policies, rooms, tutors


class Query(tutors.Query, lessons.Query, policies.Query, availability.Query): ...


class Mutation(
    tutors.Mutation,
    availability.Mutation,
    lessons.Mutation,
    rooms.Mutation,
    calendars.Mutation,
): ...

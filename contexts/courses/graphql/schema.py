"""Courses' part of the GraphQL schema."""

from contexts.courses.graphql import answers, catalogue, enrollments, reviews


class Query(reviews.Query, enrollments.Query, catalogue.Query): ...


class Mutation(answers.Mutation, enrollments.Mutation): ...

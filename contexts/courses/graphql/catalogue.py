"""The catalogue over GraphQL."""

from functools import partial
from typing import Any

import graphene

from contexts.courses import queries
from contexts.shared.http.graphql.checking import filtered
from contexts.shared.http.graphql.connections import PAGE_ARGUMENTS, Page, connection, page_of
from contexts.shared.http.graphql.context import Context, selects
from contexts.shared.http.graphql.derived import DtoType, filter_arguments


class OutlinedLesson(DtoType, dto=queries.OutlinedLesson): ...


class Unit(DtoType, dto=queries.Unit): ...


class Course(DtoType, dto=queries.Course):
    units = graphene.List(graphene.NonNull(Unit), required=True)

    @staticmethod
    def resolve_units(root: Any, info: Any) -> Any:
        return _units(info, root.course)


class CourseDetail(DtoType, dto=queries.CourseDetail):
    units = graphene.List(graphene.NonNull(Unit), required=True)

    @staticmethod
    def resolve_units(root: Any, info: Any) -> Any:
        return _units(info, root.summary.course)


def _units(info: Any, course: str) -> Any:
    notes = selects(info, "notes")
    return info.context.load(("units", notes), course, partial(queries.units_of, notes=notes)) or ()


class Query:
    courses = graphene.Field(
        connection(Course), **filter_arguments(queries.CourseFilter), **PAGE_ARGUMENTS
    )
    course = graphene.Field(CourseDetail, course=graphene.String(required=True))

    @staticmethod
    def resolve_courses(
        _root: Any, info: Any, *, first: int | None = None, after: str | None = None, **by: Any
    ) -> Page:
        head = after is None and not by
        rows = queries.first_courses() if head else _courses(**by)
        return page_of(
            rows,
            ordering=("key",),
            first=first,
            after=after,
            to_nodes=lambda rows: _nodes(info.context, rows),
        )

    @staticmethod
    def resolve_course(_root: Any, _info: Any, course: str) -> queries.CourseDetail:
        return queries.course_detail(course)


def _courses(**by: Any) -> Any:
    return filtered(queries.CourseFilter, queries.courses(), **by)


def _nodes(context: Context, rows: list[Any]) -> list[queries.Course]:
    context.show(row.key for row in rows)
    return [queries.to_course(row) for row in rows]

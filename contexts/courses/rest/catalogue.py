"""The catalogue over REST."""

from typing import Any

from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.courses import api, queries
from contexts.shared.http.derived import serializer_of
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView, ListView


class Courses(ListView):
    """The catalogue."""

    operations = {"GET": "list_courses"}
    permission_classes = [AllowAny]
    serializer_class = serializer_of(queries.Course)
    filterset_class = queries.CourseFilter
    ordering = ("key",)
    to_dto = staticmethod(queries.to_course)

    def get_queryset(self) -> Any:
        return queries.courses()

    def first_page(self) -> Any:
        return queries.first_courses()


class Course(ApiView):
    """A course with its units and lessons."""

    operations = {"GET": "get_course"}
    permission_classes = [AllowAny]
    serializer_class = serializer_of(queries.CourseDetail)

    @refuses(api.CourseNotFound)
    def get(self, request: Request, course: str) -> Response:
        return Response(queries.course_detail(course))


class UnitNotes(ApiView):
    """A unit's goal and grammar notes."""

    operations = {"GET": "get_unit_notes"}
    permission_classes = [AllowAny]
    serializer_class = serializer_of(queries.UnitNotes)

    @refuses(api.UnitNotFound)
    def get(self, request: Request, course: str, unit: str) -> Response:
        return Response(queries.unit_notes(course, unit))

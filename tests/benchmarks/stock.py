"""The same rows, served by Django REST framework and graphene-django with their defaults."""

from typing import Any
from uuid import UUID

import graphene
from django.db.models import Exists, F, OuterRef
from graphene_django import DjangoObjectType
from graphene_django.views import GraphQLView
from rest_framework import negotiation, parsers, permissions, renderers, serializers, viewsets

from contexts.courses.models import (
    Course,
    Enrollment,
    Lesson,
    LessonCompletion,
    Memory,
    Word,
)


class Stock:
    """DRF's own defaults, which our settings change; without authentication."""

    renderer_classes = [renderers.JSONRenderer, renderers.BrowsableAPIRenderer]
    parser_classes = [parsers.JSONParser, parsers.FormParser, parsers.MultiPartParser]
    authentication_classes: list[Any] = []
    permission_classes = [permissions.AllowAny]
    content_negotiation_class = negotiation.DefaultContentNegotiation
    filter_backends: list[Any] = []
    pagination_class = None


class CourseSerializer(serializers.ModelSerializer):
    version = serializers.IntegerField(source="current.number")
    lessons = serializers.IntegerField(source="current.lessons_count")
    words = serializers.IntegerField(source="current.words_count")
    exercises = serializers.IntegerField(source="current.exercises_count")

    class Meta:
        model = Course
        fields = [
            "key",
            "language",
            "source",
            "level",
            "title",
            "description",
            "license",
            "version",
            "lessons",
            "words",
            "exercises",
        ]


class Courses(Stock, viewsets.ModelViewSet):
    serializer_class = CourseSerializer
    queryset = Course.objects.filter(current__isnull=False).select_related("current")

    def filter_queryset(self, queryset: Any) -> Any:
        return queryset.order_by("key")[:20]


class MemorySerializer(serializers.ModelSerializer):
    text = serializers.SerializerMethodField()
    translation = serializers.SerializerMethodField()

    class Meta:
        model = Memory
        fields = [
            "enrollment",
            "word_key",
            "text",
            "translation",
            "state",
            "stability",
            "difficulty",
            "last_review_at",
            "due_at",
        ]

    def get_text(self, row: Any) -> str:
        return self.context["words"][row.version_id, row.word_key].text

    def get_translation(self, row: Any) -> str:
        return self.context["words"][row.version_id, row.word_key].translation


def page_of(learner: UUID) -> list[Any]:
    queue = Memory.objects.filter(learner_id=learner).annotate(version_id=F("enrollment__version"))
    return list(queue.order_by("due_at", "id")[:20])


def words_of(page: list[Any]) -> dict[tuple[UUID, str], Word]:
    versions = {row.version_id for row in page}
    found = Word.objects.filter(version__in=versions, key__in={row.word_key for row in page})
    return {(word.version_id, word.key): word for word in found}


class Reviews(Stock, viewsets.ModelViewSet):
    serializer_class = MemorySerializer
    queryset = Memory.objects.all()

    def filter_queryset(self, queryset: Any) -> Any:
        self.page = page_of(self.kwargs["learner"])
        return self.page

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "words": words_of(self.page)}


class LessonSerializer(serializers.ModelSerializer):
    class Meta:
        model = Lesson
        fields = ["key", "unit_key", "title", "version", "exercises"]


class NextLesson(Stock, viewsets.ModelViewSet):
    serializer_class = LessonSerializer
    queryset = Lesson.objects.all()

    def get_object(self) -> Any:
        enrollment = self.kwargs["enrollment"]
        mine = Enrollment.objects.filter(pk=enrollment, learner_id=self.kwargs["learner"])
        done = LessonCompletion.objects.filter(enrollment=enrollment, lesson_key=OuterRef("key"))
        found = Lesson.objects.filter(~Exists(done), version__in=mine.values("version"))
        return found.order_by("position").first()


class DueItem(DjangoObjectType):
    enrollment_id = graphene.UUID()
    text = graphene.String()
    translation = graphene.String()

    class Meta:
        model = Memory
        fields = [
            "word_key",
            "state",
            "stability",
            "difficulty",
            "last_review_at",
            "due_at",
        ]


class Query(graphene.ObjectType):
    reviews = graphene.List(DueItem, learner=graphene.UUID(required=True))

    @staticmethod
    def resolve_reviews(_root: Any, _info: Any, learner: UUID) -> list[Any]:
        page = page_of(learner)
        words = words_of(page)
        for row in page:
            word = words[row.version_id, row.word_key]
            row.text, row.translation = word.text, word.translation
        return page


graphql = GraphQLView.as_view(schema=graphene.Schema(query=Query))

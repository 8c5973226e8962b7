"""Reviews over REST."""

from typing import Any

from contexts.courses import queries
from contexts.shared.http.derived import serializer_of
from contexts.shared.http.views import ListView


class Reviews(ListView):
    """The caller's words and corrections, the first due first."""

    operations = {"GET": "list_reviews"}
    serializer_class = serializer_of(queries.DueItem)
    filterset_class = queries.ReviewFilter
    ordering = ("due_at", "id")

    def get_queryset(self) -> Any:
        return queries.review_queue(self.actor.known_id)

    def first_page(self) -> Any:
        return queries.first_reviews(self.actor.known_id)

    def to_dtos(self, page: list[Any]) -> list[Any]:
        return queries.due_items(page)

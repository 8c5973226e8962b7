"""Our URLs, those of the bare views, and those of the stock views."""

from django.urls import include, path

from tests.benchmarks import bare, stock

urlpatterns = [
    path("", include("busuu.urls")),
    path("bare/courses", bare.courses),
    path("bare/<uuid:learner>/reviews", bare.reviews),
    path("bare/<uuid:learner>/<uuid:enrollment>", bare.enrollment),
    path("bare/<uuid:learner>/<uuid:enrollment>/next-lesson", bare.next_lesson),
    path("bare/<uuid:learner>/<uuid:enrollment>/answers", bare.answer),
    path("stock/courses", stock.Courses.as_view({"get": "list"})),
    path("stock/<uuid:learner>/reviews", stock.Reviews.as_view({"get": "list"})),
    path(
        "stock/<uuid:learner>/<uuid:enrollment>/next-lesson",
        stock.NextLesson.as_view({"get": "retrieve"}),
    ),
    path("stock/graphql", stock.graphql),
]

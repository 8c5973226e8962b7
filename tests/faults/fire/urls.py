from typing import Any
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from busuu.urls import urlpatterns as ours
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import now
from contexts.shared.messaging.publishing import publish
from tests.faults.fire.events import Lit


@for_context("identity")
def light(sparks: list[UUID]) -> None:
    publish(Lit(occurred_at=now(), spark=spark) for spark in sparks)


@csrf_exempt
def fire(request: HttpRequest) -> HttpResponse:
    """Publish a batch. Answers 204 after the commit."""
    wanted: list[Any] = orjson.loads(request.body)
    light([UUID(spark) for spark in wanted])
    return HttpResponse(status=204)


urlpatterns = [path("fire", fire), *ours]

"""The development server, whose answers can be held back after the commit."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

from busuu.settings import local
from busuu.settings.local import *  # noqa: F403

HEADER, MARK = "X-Hold-Answer", "answer-is-held"
MIDDLEWARE = ["tests.faults.holding.HoldAnswer", *local.MIDDLEWARE]


class HoldAnswer:
    """The outermost middleware. It holds back complete answers that no client has seen."""

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self._answer = get_response

    def __call__(self, request: Any) -> Any:
        answer = self._answer(request)
        if HEADER in request.headers:
            Path(settings.VAR_DIR, MARK).write_text(str(answer.status_code))
            time.sleep(600)
        return answer

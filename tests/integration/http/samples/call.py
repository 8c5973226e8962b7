"""A request to a route that is answered as it should be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse


@dataclass(frozen=True, kw_only=True)
class Call:
    """A request that is answered with `status`; `roles` None is a stranger."""

    route: str
    method: str = "GET"
    path: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    params: tuple[str, ...] = ()
    status: int = 200
    roles: tuple[str, ...] | None = ("learner",)

    def __str__(self) -> str:
        return f"{self.method} {self.route}"

    def url(self, **path: Any) -> str:
        return reverse(self.route, kwargs={**self.path, **path})

"""The record of an operation: all that it promises, in one place."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from tests.operations.roles import ANONYMOUS, NOBODY, ROLES, Roles

if TYPE_CHECKING:
    from tests.operations.world import World

Way = Callable[["World", "Operation"], Any]
_NOT_SIGNED_IN = "401 not_authenticated"


@dataclass(frozen=True, kw_only=True, eq=False)
class Operation:
    """An operation of the API. It succeeds for `allowed` with `status`.

    `sample` fills the address, then the query of a GET or the body of any other method. GraphQL
    gets it in camel case; `graphql` shows arguments of another name: `cancelLesson(id: $lesson)`.
    `stage` prepares the world for it; `much` replaces parts of the sample in a large world.

    `others` is the answer to all other roles, as status and code. `but` names exceptions to it.
    `moves` names the models of which a stranger may change a row. `tells` names the roles that may
    read ids and addresses of other people in the answer.

    `statements` is the budget for both faces, or for REST if `graphql_statements` is set. A pair
    is the least and the most. `why` explains a read over 2 statements, `graphql_why` a field
    over 12. `contexts` is the number of contexts that a command writes to.

    `refusals` maps a status and code to a request that gets it. `success` is a request that
    succeeds, if no role may send the sample.
    """

    rest: str
    graphql: str = ""
    sample: Mapping[str, Any] = field(default_factory=dict)
    stage: "Callable[[World], None] | None" = None
    much: Callable[[int], Mapping[str, Any]] | None = None
    status: int = 200
    allowed: Roles
    by: Roles = NOBODY
    others: str = ""
    but: Mapping[Roles, str] = field(default_factory=dict)
    graphql_allowed: Roles = NOBODY
    moves: frozenset[str] = frozenset()
    tells: Roles = NOBODY
    statements: int = 0
    graphql_statements: int | tuple[int, int] = 0
    contexts: int = 1
    why: str = ""
    graphql_why: str = ""
    refusals: Mapping[str, Way] = field(default_factory=dict)
    success: Way | None = None
    prefix: str = "/api/v1"

    def __str__(self) -> str:
        return self.rest

    @property
    def method(self) -> str:
        return self.rest.split()[0]

    @property
    def address(self) -> str:
        """The path with its places, as OpenAPI writes it."""
        return self.prefix + self.rest.split()[1]

    @property
    def field(self) -> str:
        """The name of the GraphQL field."""
        return self.graphql.split("(")[0]

    @property
    def caller(self) -> str:
        """The role that sends the sample with success."""
        return next(role for role in ROLES if role in (self.by or self.allowed or ANONYMOUS))

    @property
    def is_public(self) -> bool:
        return self.caller == "anonymous"

    @cached_property
    def path(self) -> dict[str, Any]:
        """The part of the sample that stands in the address."""
        return {name: self.sample[name] for name in re.findall(r"{(\w+)}", self.rest)}

    @property
    def rest_of_sample(self) -> dict[str, Any]:
        return {name: value for name, value in self.sample.items() if name not in self.path}

    @property
    def body(self) -> dict[str, Any]:
        return {} if self.method == "GET" else self.rest_of_sample

    def url(self, **path: Any) -> str:
        values = {name: quote(str(value)) for name, value in {**self.path, **path}.items()}
        return self.address.format_map(values)

    @property
    def query(self) -> str:
        return urlencode(self.rest_of_sample) if self.method == "GET" else ""

    def answer_to(self, role: str, *, allowed: Roles = NOBODY) -> str:
        """The status, and the code of a refusal."""
        if role in (allowed or self.allowed):
            return str(self.status)
        exceptions = (code for roles, code in self.but.items() if role in roles)
        return next(exceptions, _NOT_SIGNED_IN if role in ANONYMOUS else self.others)

    def outcome_for(self, role: str) -> str:
        """The answer of the GraphQL field: `ok`, or the code of its error."""
        answer = self.answer_to(role, allowed=self.graphql_allowed)
        return "ok" if answer[0] == "2" else answer.split()[1]

    def budget(self, *, graphql: bool = False) -> tuple[int, int]:
        """The least and the most statements."""
        count = (self.graphql_statements or self.statements) if graphql else self.statements
        return count if isinstance(count, tuple) else (count, count)

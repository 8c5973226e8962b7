"""Counts requests over REST and over GraphQL."""

from dataclasses import dataclass

GRAPHQL = "/graphql"


@dataclass
class Traffic:
    """Numbers of requests. A request that is repeated while waiting counts once."""

    rest: int = 0
    graphql: int = 0

    def count(self, path: str) -> None:
        if path == GRAPHQL:
            self.graphql += 1
        else:
            self.rest += 1

    def restore(self, seen: tuple[int, int]) -> None:
        """Forget the requests since `seen`."""
        self.rest, self.graphql = seen

    @property
    def seen(self) -> tuple[int, int]:
        return self.rest, self.graphql

    @property
    def percent(self) -> int:
        """The share of GraphQL."""
        return round(100 * self.graphql / max(self.rest + self.graphql, 1))


TRAFFIC = Traffic()

"""Lint the committed schemas, and take a lesson with five generated clients (make test-clients).

Tools come from the package indexes that npm, Maven and pip are set up for, into var/clients. A
tool that is not there, or cannot be fetched, is named and skipped.
"""

import os
import sys
import time
from collections.abc import Callable

from tests.clients import checks, fetching, serving

STEPS: dict[str, tuple[Callable[[], str], Callable[[str], None]]] = {
    "redocly lints docs/openapi.yaml": (fetching.npm, checks.redocly),
    "spectral lints docs/openapi.yaml": (fetching.npm, checks.spectral),
    "relay-compiler accepts docs/schema.graphql": (fetching.npm, checks.relay),
    "graphql-http audits /graphql": (fetching.npm, checks.audit),
    "openapi-typescript takes a lesson": (fetching.npm, checks.types),
    "typescript-fetch takes a lesson": (fetching.generator_and_npm, checks.fetch),
    "python (openapi-generator) takes a lesson": (fetching.generator_and_python, checks.generator),
    "openapi-python-client takes a lesson": (fetching.python, checks.httpx),
    "java takes a lesson": (fetching.generator_and_maven, checks.java),
}


def main() -> int:
    chosen = {name: step for name, step in STEPS.items() if all(a in name for a in sys.argv[1:])}
    outcomes = {"passed": 0, "failed": 0, "skipped": 0}
    with serving.server() as url:
        os.environ.update(BASE_URL=url, EMAIL=serving.EMAIL, PASSWORD=serving.PASSWORD)
        for name, (fetch, check) in chosen.items():
            outcomes[_outcome(name, fetch, check)] += 1
    print(", ".join(f"{count} {outcome}" for outcome, count in outcomes.items()))  # noqa: T201
    return 1 if outcomes["failed"] else 0


def _outcome(name: str, fetch: Callable[[], str], check: Callable[[str], None]) -> str:
    began = time.monotonic()
    try:
        missing = fetch()
        if missing:
            print(f"SKIPPED {name}: {missing}", flush=True)  # noqa: T201
            return "skipped"
        check(os.environ["BASE_URL"])
    except checks.Failed as error:
        print(f"FAILED  {name}\n{error}", flush=True)  # noqa: T201
        return "failed"
    print(f"passed  {name} ({time.monotonic() - began:.0f} s)", flush=True)  # noqa: T201
    return "passed"


sys.exit(main())

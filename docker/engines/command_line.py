"""Start, stop and show private servers for development and tests.

up      install missing packages (as root, with apt-get), start, wait until each server answers
down    stop them; with --purge delete their data too
status  print which of them answer; exit 1 if one does not
env     print `export NAME=value` lines for a shell to eval

Set ENGINES_POSTGRESQL_URL, ENGINES_MARIADB_URL, ENGINES_RABBITMQ_URL, ENGINES_REDIS_URL or
ENGINES_KAFKA_URL to use a server of your own instead of a private one.

Kafka comes from Maven and needs mvn, Java 17 and a repository. If one of them is missing, a line
says so and the other servers run without it.
"""

import argparse
import sys

from engines.commands import down, env, status, up
from engines.messages import Refused, say
from engines.registry import make_engines
from engines.state import State, locked

PROGRAM = "python3 docker/engines"


def main() -> int:
    parser = argparse.ArgumentParser(
        prog=PROGRAM, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=["up", "down", "status", "env"])
    parser.add_argument("--purge", action="store_true", help="down: delete the data too")
    options = parser.parse_args()
    try:
        return run(options.command, purge=options.purge)
    except Refused as refusal:
        say(f"engines: {refusal}", to=sys.stderr)
        return 1


def run(command: str, *, purge: bool) -> int:
    """Run one command while no other process of this checkout runs one. Return the exit code."""
    with locked():
        state = State.load()
        match command:
            case "up":
                return up(state)
            case "down":
                return down(make_engines(state), purge=purge)
            case "status":
                return status(make_engines(state))
            case _:
                return env(make_engines(state))

"""The four commands. Each returns an exit code."""

import shlex
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

from engines.engine import Engine
from engines.messages import Refused, Unavailable, say
from engines.packages import install_missing
from engines.ports import HOST, listens
from engines.registry import make_engines
from engines.state import State


def up(state: State) -> int:
    began = time.monotonic()
    install_missing(make_engines(state))
    state.settle()
    engines = make_engines(state)
    failures = []
    with ThreadPoolExecutor(len(engines)) as pool:
        pending = {pool.submit(_bring_up, engine): engine for engine in engines}
        for done in as_completed(pending):
            try:
                _report(pending[done], done.result())
            except Unavailable as reason:
                state.drop(pending[done].name)
                _report(pending[done], f"is not available: {reason}")
            except (Refused, OSError, KeyError) as error:
                failures.append(f"{pending[done].name}: {error}")
    if failures:
        raise Refused("\n".join(failures))
    say(f"engines are up after {time.monotonic() - began:.1f} s")
    return 0


def down(engines: list[Engine], *, purge: bool) -> int:
    with ThreadPoolExecutor(len(engines)) as pool:
        for engine, stopped in zip(engines, pool.map(Engine.stop, engines), strict=True):
            say(f"{engine.name:<11} {'stopped' if stopped else 'was not up'}")
    if purge:
        engines[0].state.forget()
    return 0


def status(engines: list[Engine]) -> int:
    wanted = [one for one in engines if _is_wanted(one)]
    states = [listens(one.own_url) if one.own_url else one.is_up() for one in wanted]
    for engine, answers in zip(wanted, states, strict=True):
        _report(engine, "is up" if answers else "is down")
    return 0 if all(states) else 1


def env(engines: list[Engine]) -> int:
    wanted = [one for one in engines if _is_wanted(one)]
    if not all(engine.url for engine in wanted):
        raise Refused("not started yet: python3 docker/engines up")
    for engine in wanted:
        say(f"export {engine.variable}={shlex.quote(engine.url)}")
    return 0


def _bring_up(engine: Engine) -> str:
    began = time.monotonic()
    if engine.own_url:
        if not listens(engine.own_url):
            raise Refused(f"nothing listens where ENGINES_{engine.variable} points")
        return "is yours, and listens"
    if engine.is_up():
        return "was up already"
    engine.start()
    return f"answers after {time.monotonic() - began:.1f} s"


def _is_wanted(engine: Engine) -> bool:
    # An optional engine is missed only if it was once started.
    return not engine.optional or bool(engine.url)


def _report(engine: Engine, text: str) -> None:
    where = "" if engine.own_url or "port" not in engine.facts else f"  {HOST}:{engine.port}"
    say(f"{engine.name:<11} {text}{where}")

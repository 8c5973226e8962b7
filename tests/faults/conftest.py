import signal
from typing import Any

from tests.faults import figures


def pytest_configure() -> None:
    # Processes started by a test run in the background would ignore it.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if lines := figures.table():
        terminalreporter.section("what the faults have come to")
        for line in lines:
            terminalreporter.write_line(line)

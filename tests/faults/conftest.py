from typing import Any

from tests.faults import figures


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if lines := figures.table():
        terminalreporter.section("what the faults have come to")
        for line in lines:
            terminalreporter.write_line(line)

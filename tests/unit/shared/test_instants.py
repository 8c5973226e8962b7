"""Dates and instants in requests."""

import pytest

from contexts.shared.http.instants import is_date, is_instant


@pytest.mark.parametrize("text", ["2027-04-01", "0001-01-01"])
def test_dates_are_of_rfc_3339(text: str) -> None:
    assert is_date(text)


@pytest.mark.parametrize(
    "text",
    ["2027-W13-4", "20270401", "2027-091", "2027-4-1", "2027-04-01T00:00:00Z", "", "２027-04-01"],
)
def test_other_dates_are_refused(text: str) -> None:
    assert not is_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "2027-04-01T10:00:00Z",
        "2027-04-01t10:00:00z",
        "2027-04-01 10:00:00+02:00",
        "2027-04-01T10:00:00.123456-03:00",
    ],
)
def test_instants_are_of_rfc_3339(text: str) -> None:
    assert is_instant(text)


@pytest.mark.parametrize(
    "text",
    [
        "2027-04-01T10:00:00",
        "2027-04-01T10:00Z",
        "2027-W13-4T10:00:00Z",
        "20270401T100000Z",
        "2027-04-01T10:00:00+02",
        "2027-04-01T10:00:00+0200",
        "2027-04-01T10:00:00,5Z",
        "2027-04-01",
        "",
    ],
)
def test_other_instants_are_refused(text: str) -> None:
    assert not is_instant(text)

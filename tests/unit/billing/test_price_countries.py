"""Prices follow a profile's country twice a year, and a card's at any time."""

from datetime import UTC, datetime, timedelta

import pytest

from contexts.billing.domain.price_countries import UNPROVEN, WINDOW, PriceCountry

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def followed(*profiles: str, since: datetime = NOW) -> PriceCountry:
    """Return the country after each profile was followed, a day after the other."""
    found = PriceCountry()
    for number, profile in enumerate(profiles):
        found.follow(profile, now=since + number * DAY)
    return found


class TestThePriceCountry:
    def test_is_the_profiles_at_first(self) -> None:
        assert followed("ES").country == "ES"
        assert followed("", "ES").changes == []

    def test_follows_two_changes(self) -> None:
        found = followed("ES", "CO", "MX")

        assert (found.country, len(found.changes)) == ("MX", 2)

    def test_stays_at_the_third(self) -> None:
        found = followed("ES", "CO", "MX", "US")

        assert (found.country, found.profile) == ("MX", "MX")
        assert found.hint("US", now=NOW + 9 * DAY) == UNPROVEN
        assert found.hint("MX", now=NOW + 9 * DAY) is None

    def test_does_not_count_the_way_back_to_itself(self) -> None:
        found = followed("ES", "CO", "MX", "US", "MX", "", "MX")

        assert (found.country, len(found.changes)) == ("MX", 2)

    @pytest.mark.parametrize(("after", "country"), [(-DAY, "MX"), (DAY, "US")])
    def test_may_follow_again_after_a_year(self, after: timedelta, country: str) -> None:
        found = followed("ES", "CO", "MX")

        found.follow("US", now=NOW + DAY + WINDOW + after)

        assert found.country == country

    def test_follows_a_card_at_any_time(self) -> None:
        found = followed("ES", "CO", "MX")

        found.prove("US", now=NOW + 3 * DAY)

        assert found.country == "US"
        assert found.follow("US", now=NOW + 4 * DAY)
        assert len(found.changes) == 2

    def test_goes_back_to_a_country_of_a_card_without_a_change(self) -> None:
        found = followed("ES", "CO", "MX")
        found.prove("MX", now=NOW + 3 * DAY)
        found.prove("US", now=NOW + 4 * DAY)
        found.follow("US", now=NOW + 5 * DAY)

        assert found.follow("MX", now=NOW + 6 * DAY)
        assert (found.country, len(found.changes)) == ("MX", 2)

    def test_of_a_card_stays_while_the_profile_does(self) -> None:
        found = followed("ES")
        found.prove("US", now=NOW)

        assert not found.follow("ES", now=NOW + DAY)
        assert found.country == "US"

    def test_forgets_a_card_after_a_year(self) -> None:
        found = followed("ES", "CO", "MX", since=NOW + WINDOW)
        found.prove("US", now=NOW)

        assert found.proven_at("US", now=NOW + WINDOW - DAY) == NOW
        assert found.proven_at("US", now=NOW + WINDOW) is None

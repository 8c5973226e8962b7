"""The test cards. A card's number decides what happens."""

from dataclasses import dataclass

from contexts.shared.kernel import Conflict, Invalid, NotFound


class NoSuchSession(NotFound):
    code = "sandbox_session_not_found"
    message = "There is no such payment page."


class UnknownCountry(Invalid):
    code = "sandbox_unknown_country"
    message = "“{country}” is not a country of ISO 3166-1."


class SessionClosed(Conflict):
    code = "sandbox_session_closed"
    message = "This page was paid for already, or its time is over."


class CardDeclined(Invalid):
    code = "card_declined"
    message = "The card was declined: {why}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """`country` issued it. Empty: the country that the shop quoted for, else the US.

    `uncharged` is why a charge is declined although the buyer could give the card.
    """

    number: str
    does: str
    declined: str = ""
    uncharged: str = ""
    country: str = ""
    renews: bool = True
    disputes: bool = False


CARDS = (
    Card(number="4242424242424242", does="succeeds"),
    Card(number="4000000000000002", does="is declined", declined="generic_decline"),
    Card(number="4000000000000069", does="has expired", declined="expired_card"),
    Card(number="4000000000009995", does="has no money", declined="insufficient_funds"),
    Card(number="4000000000000341", does="succeeds, and fails at renewals", renews=False),
    Card(number="4000000000000259", does="succeeds, and is disputed a day later", disputes=True),
    Card(
        number="4000000000000119",
        does="is taken, and declined when it is charged",
        uncharged="processing_error",
    ),
    *(
        Card(number=number, does=f"succeeds, and is from {name} ({code})", country=code)
        for number, name, code in (
            ("4000007240000007", "Spain", "ES"),
            ("4000002760000016", "Germany", "DE"),
            ("4000008260000000", "Britain", "GB"),
            ("4000008400000001", "the United States", "US"),
            ("4000004840008001", "Mexico", "MX"),
            ("4000000760000002", "Brazil", "BR"),
        )
    ),
)
_BY_NUMBER = {card.number: card for card in CARDS}


def card(number: str) -> Card:
    """Return the card; spaces in the number are ignored.

    Raises CardDeclined if the number is not a known card.
    """
    found = _BY_NUMBER.get("".join(number.split()))
    if found is None:
        raise CardDeclined(why="incorrect_number")
    return found

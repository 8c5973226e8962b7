"""Rules over both files of the catalog: no hole, no overlap, nothing without a rate."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

from contexts.billing.adapters.catalog_files import Prices, Products, Terms, day_of

EVERYWHERE = "world"
DEFAULT_CURRENCY = "EUR"


def faults(products: Products, terms: Terms) -> Iterator[str]:
    """Yield one line for each rule that the files break, with the file's name first."""
    for found in (_products(products), _groups(products), _prices(products)):
        yield from (f"products.toml: {one}" for one in found)
    for found in (_duplicates(terms), _terms(products, terms), _rates(products, terms)):
        yield from (f"terms.toml: {one}" for one in found)


def _repeated(values: Iterable[Hashable]) -> list[Hashable]:
    return [value for value, times in Counter(values).items() if times > 1]


def _products(file: Products) -> Iterator[str]:
    for code in _repeated(one.code for one in file.products):
        yield f"product {code} is there twice"
    for one in file.products:
        if "en" not in one.names:
            yield f"product {one.code} has no name in English (en)"
        if one.kind == "subscription" and not (one.feature and one.months):
            yield f"product {one.code} is a subscription and needs `feature` and `months`"
        if one.kind == "credits" and not one.credits:
            yield f"product {one.code} is a pack and needs `credits`"


def _groups(file: Products) -> Iterator[str]:
    for country in _repeated(country for group in file.groups.values() for country in group):
        yield f"country {country} is in two groups"
    if EVERYWHERE in file.groups:
        yield f"group {EVERYWHERE} is for all other countries and lists none"
    priced = {one.group for one in file.prices}
    for group in (*file.groups, EVERYWHERE):
        if group not in priced:
            yield f"group {group} has no prices"
    for group in sorted(priced - {*file.groups, EVERYWHERE}):
        yield f"prices are for the group {group}, which is not in [groups]"


def _prices(file: Products) -> Iterator[str]:
    codes = {one.code for one in file.products}
    timeline: dict[tuple[str, str], list[Prices]] = defaultdict(list)
    for block in file.prices:
        if block.valid_until and block.valid_until <= block.valid_from:
            yield f"prices of {block.group} end on {day_of(block.valid_until)}, before they begin"
        for code in block.minor:
            if code not in codes:
                yield f"prices of {block.group} name the product {code}, which is not there"
            timeline[block.group, code].append(block)
    for (group, code), blocks in timeline.items():
        yield from (f"{code} in {group} {fault}" for fault in _holes(blocks))


def _holes(blocks: list[Prices]) -> Iterator[str]:
    """Yield what is wrong between two prices of a product in a group."""
    ordered = sorted(blocks, key=lambda one: one.valid_from)
    for earlier, later in pairwise(ordered):
        if earlier.valid_from == later.valid_from:
            yield f"has two prices from {day_of(later.valid_from)} on"
        elif (earlier.valid_until or later.valid_from) < later.valid_from:
            until = day_of(earlier.valid_until)
            yield f"has no price from {until} to {day_of(later.valid_from)}"
        elif (earlier.valid_until or later.valid_from) > later.valid_from:
            yield f"has two prices from {day_of(later.valid_from)} to {day_of(earlier.valid_until)}"


def _duplicates(file: Terms) -> Iterator[str]:
    for rate in _repeated(f"{name} has two rates from {day}" for name, day, _ in file.rates()):
        yield f"country {rate} on"
    for day in _repeated(one.valid_from for one in file.commissions):
        yield f"two commissions begin on {day}"
    for day in _repeated(one.valid_from for one in file.lessons):
        yield f"two lists of lesson prices begin on {day}"


def _terms(products: Products, file: Terms) -> Iterator[str]:
    first = _first_sale(products, file, lambda _: True)
    for name, days in (
        ("commission", [one.valid_from for one in file.commissions]),
        ("list price of a lesson", [one.valid_from for one in file.lessons]),
    ):
        if first < min(days):
            yield f"no {name} is in force from {first} to {min(days)}"
    for block in file.lessons:
        if DEFAULT_CURRENCY not in block.minor:
            yield f"the lesson prices of {block.valid_from} lack {DEFAULT_CURRENCY}"


def _rates(products: Products, file: Terms) -> Iterator[str]:
    since: dict[str, date] = {}
    for country, day, _ in file.rates():
        since[country] = min(day, since.get(country, day))
    for group, countries in products.groups.items():
        first = _first_sale(products, file, lambda one, group=group: one.group == group)  # type: ignore[misc]
        for country in countries:
            if country not in since:
                yield f"country {country} of the group {group} has no tax rate"
            elif first < since[country]:
                yield f"country {country} has no tax rate from {first} to {since[country]}"


def _first_sale(products: Products, terms: Terms, matches: Callable[[Prices], bool]) -> date:
    """Return the day, in the seller's zone, on which the first of some prices begins."""
    zone = ZoneInfo(terms.seller.time_zone)
    starts = [one.valid_from for one in products.prices if matches(one)]
    return min(starts).astimezone(zone).date() if starts else date.max

"""Money is counted in whole numbers everywhere."""

import ast
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contexts.billing.domain.commission import Commission
from contexts.billing.domain.prices import Tax
from contexts.billing.domain.vouchers import Voucher, VoucherRefused
from contexts.shared.kernel import Money, now

BILLING = Path(__file__).resolve().parents[3] / "contexts" / "billing"
AT = now()


def _inexact(source: Path) -> list[str]:
    """Return the lines where a module uses float, Decimal, division or a fraction."""
    found = []
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        divides = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
        number = isinstance(node, ast.Constant) and isinstance(node.value, float)
        named = isinstance(node, ast.Name) and node.id in {"float", "Decimal"}
        if (divides and _is_of_numbers(node)) or number or named:
            found.append(f"{source.name}:{getattr(node, 'lineno', 0)}")
    return found


def _is_of_numbers(node: ast.AST) -> bool:
    """Return False if / joins a path and a text."""
    assert isinstance(node, ast.BinOp)
    right = node.right
    return not isinstance(right, ast.JoinedStr) and not (
        isinstance(right, ast.Constant) and isinstance(right.value, str)
    )


def test_nothing_in_billing_counts_in_fractions() -> None:
    # formats.py writes finished amounts for readers.
    modules = [
        path
        for path in BILLING.rglob("*.py")
        if "migrations" not in path.parts and path.name != "formats.py"
    ]

    assert len(modules) > 30
    assert [found for module in modules for found in _inexact(module)] == []


def test_fractions_would_be_seen(tmp_path: Path) -> None:
    module = tmp_path / "wrong.py"
    module.write_text("share = minor / 2\nrate = 0.2\nasked = float(rate)\n")

    assert _inexact(module) == ["wrong.py:1", "wrong.py:2", "wrong.py:3"]


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=0, max_value=10_000))
def test_tax_and_net_are_the_price(minor: int, rate: int) -> None:
    tax = Tax(country="ES", valid_from=AT.date(), basis_points=rate)

    within = tax.within(Money(minor, "EUR")).minor

    assert 0 <= within <= minor
    exact = Fraction(minor * rate, 10_000 + rate)
    assert -Fraction(1, 2) <= exact - within < Fraction(1, 2)


@pytest.mark.parametrize(
    ("gross", "rate", "net", "within"),
    [(5999, 2000, 4999, 1000), (999, 2100, 826, 173), (7000, 2100, 5785, 1215), (0, 2100, 0, 0)],
)
def test_tax_is_rounded_half_up(gross: int, rate: int, net: int, within: int) -> None:
    tax = Tax(country="GB", valid_from=AT.date(), basis_points=rate).within(Money(gross, "GBP"))

    assert (gross - tax.minor, tax.minor) == (net, within)


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=0, max_value=10_000))
def test_the_platforms_share_leaves_the_rest_to_the_tutor(minor: int, rate: int) -> None:
    share = Commission(version="test", valid_from=AT.date(), basis_points=rate)
    worth = Money(minor, "EUR")

    fee = share.of(worth)

    assert 0 <= fee.minor <= minor
    assert fee + (worth - fee) == worth


def _voucher(**more: object) -> Voucher:
    facts: dict[str, object] = {
        "code": "WELCOME",
        "kind": "percent",
        "percent": 25,
        "minor": 0,
        "currency": "",
        "days": 0,
        "max_uses": 1,
        "used": 0,
        "valid_from": AT,
        "valid_until": None,
    }
    return Voucher(**{**facts, **more})  # type: ignore[arg-type]


class TestAVoucher:
    @pytest.mark.parametrize(
        ("more", "price", "off"),
        [
            ({}, Money(999, "EUR"), 249),
            ({"percent": 100}, Money(999, "EUR"), 999),
            ({"kind": "fixed", "minor": 500, "currency": "EUR"}, Money(999, "EUR"), 500),
            ({"kind": "fixed", "minor": 5000, "currency": "EUR"}, Money(999, "EUR"), 999),
        ],
    )
    def test_reduces_the_price(self, more: dict[str, object], price: Money, off: int) -> None:
        assert _voucher(**more).off(price) == Money(off, price.currency)

    def test_does_not_change_currencies(self) -> None:
        voucher = _voucher(kind="fixed", minor=500, currency="EUR")

        with pytest.raises(VoucherRefused, match="other_currency"):
            voucher.off(Money(999, "USD"))

    def test_is_used_up(self) -> None:
        voucher = _voucher()
        voucher.use(used_before=False, now=AT)

        with pytest.raises(VoucherRefused, match="used_up"):
            voucher.use(used_before=False, now=AT)

        assert voucher.used == 1

    def test_applies_once_for_a_person(self) -> None:
        voucher = _voucher(max_uses=5)

        with pytest.raises(VoucherRefused, match="used_before"):
            voucher.use(used_before=True, now=AT)

        assert voucher.used == 0

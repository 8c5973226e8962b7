"""Keys of addresses: one for all spellings of an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contexts.shared.kernel import address_key


class TestAnAddressKey:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Ana@Example.org", "ana@example.org"),
            (" ana@example.org ", "ana@example.org"),
            ("ｂｅａ@example.org", "bea@example.org"),
            ("strasse@example.org", "straße@example.org"),
            ("e\u0301va@example.org", "Éva@example.org"),
            ("ﬁn@example.org", "fin@example.org"),
            ("dup@bücher.example", "dup@xn--bcher-kva.example"),
            ("dup@Bücher.example", "dup@XN--BCHER-KVA.example"),
            ("dup@ｂücher.example", "dup@bücher.example"),
            ("ana@example。org", "ana@example.org"),
            ("ana@example.org.", "ana@example.org"),
            ("ana@exam\u00adple.org", "ana@example.org"),
            ("a@straße.example", "a@xn--strae-oqa.example"),
        ],
    )
    def test_is_the_same_for_spellings_of_one_address(self, one: str, other: str) -> None:
        assert address_key(one) == address_key(other)

    @pytest.mark.parametrize("other", ["aná@example.org", "ana@example.com", "an.a@example.org"])
    def test_is_another_for_another_address(self, other: str) -> None:
        assert address_key("ana@example.org") != address_key(other)

    @pytest.mark.parametrize(
        "label", ["xn--", "xn--zzzzzzz--", "xn--a-ö", "xn--abc-", "xn--99zt52a"]
    )
    def test_of_a_domain_that_only_looks_encoded_is_stored(self, label: str) -> None:
        assert address_key(f"ana@{label}.org").encode()

    @given(
        st.text()
        | st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1).map("a@xn--{}.org".format)
    )
    def test_of_a_key_is_the_key(self, text: str) -> None:
        assert address_key(address_key(text)) == address_key(text)

"""Stripe's webhooks, with payloads that the tests sign."""

import hashlib
import hmac
import json
import time
from typing import Any

import pytest

from contexts.billing.application.providers import MalformedNotice, NoticeRefused
from contexts.shared.kernel import now
from tests.integration.billing.stripe_client import SECRET, provider


def body(kind: str = "checkout.session.completed", **about: Any) -> bytes:
    target = {"id": "cs_1", **about}
    event = {"id": "evt_1", "object": "event", "type": kind, "data": {"object": target}}
    return json.dumps(event).encode()


def headers(payload: bytes, *, ago: int = 0, secret: str = SECRET) -> dict[str, str]:
    at = int(time.time()) - ago
    signed = f"{at}.".encode() + payload
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return {"Stripe-Signature": f"t={at},v1={digest}"}


class TestAWebhookOfStripe:
    @pytest.mark.parametrize(
        ("kind", "about", "meant"),
        [
            ("checkout.session.completed", {}, ("checkout", "cs_1")),
            ("customer.subscription.deleted", {"id": "sub_1"}, ("subscription", "sub_1")),
            ("invoice.paid", {"subscription": "sub_1"}, ("subscription", "sub_1")),
            (
                "invoice.payment_failed",
                {"parent": {"subscription_details": {"subscription": "sub_1"}}},
                ("subscription", "sub_1"),
            ),
            ("charge.dispute.created", {"charge": "ch_1"}, ("charge", "ch_1")),
            ("invoice.paid", {}, ("none", "")),
            ("radar.early_fraud_warning.created", {}, ("none", "cs_1")),
        ],
    )
    def test_is_translated_to_our_terms(
        self, kind: str, about: dict[str, Any], meant: tuple[str, str]
    ) -> None:
        payload = body(kind, **about)

        notice = provider().verify(payload, headers(payload), now=now())

        assert (notice.about, notice.object_ref) == meant
        assert (notice.ref, notice.kind) == ("evt_1", kind)

    def test_that_is_altered_stale_or_unsigned_is_refused(self) -> None:
        payload = body()
        cases = [
            ({}, "unsigned"),
            (headers(payload + b" "), "altered"),
            (headers(payload, secret="whsec_other"), "altered"),
            (headers(payload, ago=301), "stale"),
            (headers(payload, ago=-400), "stale"),
        ]

        for signature, why in cases:
            with pytest.raises(NoticeRefused) as refused:
                provider().verify(payload, signature, now=now())
            assert refused.value.params == {"why": why}

    @pytest.mark.parametrize("payload", [b"{", b"[]", b"null", b"{}", b'{"id": "e"}'])
    def test_with_a_malformed_body_is_refused(self, payload: bytes) -> None:
        with pytest.raises(MalformedNotice):
            provider().verify(payload, headers(payload), now=now())

"""Our own webhooks, called as the sandbox does, without a network."""

from django.test import Client

PATH = "/api/v1/billing/webhooks/sandbox"


def post(body: bytes, signature: str, *, path: str = PATH) -> int:
    """Return the status of the answer."""
    answer = Client().post(
        path,
        data=body,
        content_type="application/json",
        headers={"Sandbox-Signature": signature} if signature else {},
    )
    return int(answer.status_code)

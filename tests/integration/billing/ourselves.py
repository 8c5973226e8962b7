"""Our own webhooks, reached as the sandbox reaches them over HTTP, without a network."""

from django.test import Client

PATH = "/api/v1/billing/webhooks/sandbox"


def post(body: bytes, signature: str, *, path: str = PATH) -> int:
    """The status that they answer."""
    answer = Client().post(
        path,
        data=body,
        content_type="application/json",
        headers={"Sandbox-Signature": signature} if signature else {},
    )
    return int(answer.status_code)

"""The device and network address behind a request."""

from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

DEVICE_COOKIE = "device"


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A caller before sign-in. `device` is the token of an earlier sign-in on this device."""

    address: str = ""
    device: str = ""
    agent: str = ""


def client_of(request: HttpRequest, *, device: str = "") -> Client:
    """Return the client of a request. Its address is the one behind TRUSTED_PROXIES."""
    return Client(
        address=_Addresses().get_ident(cast(Request, request)) or "",
        device=device or request.COOKIES.get(DEVICE_COOKIE, ""),
        agent=request.headers.get("User-Agent", "")[:200],
    )


class _Addresses(SimpleRateThrottle):
    """Reads addresses as DRF's throttles do."""

    rate = "1/s"

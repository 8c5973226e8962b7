import json

from contexts.billing.api import MalformedNotice, Notice

_LONGEST_REF = 60
_ABOUT = {"checkout": "checkout", "subscription": "subscription", "charge": "charge"}


def read(body: bytes) -> Notice:
    """Return what a webhook is about. Raises MalformedNotice."""
    try:
        payload = json.loads(body)
        ref, kind, about = payload["id"], payload["type"], payload["data"]["object"]["id"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise MalformedNotice("not what the sandbox sends") from None
    if not all(_is_name(one) for one in (ref, kind, about)):
        raise MalformedNotice("not what the sandbox sends")
    return Notice(
        ref=ref, kind=kind, about=_ABOUT.get(kind.partition(".")[0], "none"), object_ref=about
    )


def _is_name(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_REF and value.isprintable()

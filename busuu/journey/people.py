"""The people of the journey: some are the demo's, the others register as anybody does."""

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from busuu.demo import PASSWORD
from busuu.journey.client import Client, eventually, promise

_VERIFY = re.compile(r"(\S+)/account/verify/(\S+)")


@dataclass(kw_only=True)
class Newcomer:
    """A person who has just registered, verified their address and signed in."""

    client: Client
    id: str
    email: str
    password: str

    def sign_in(self) -> None:
        """Again, for time may have passed."""
        self.client.token = _token(self.client, self.email, self.password)


def newcomer(
    base_url: str, mail_folder: Path, *, native: str, studied: str, time_zone: str, country: str
) -> Newcomer:
    """Somebody who speaks `native` and studies `studied`."""
    client, password = Client(base_url), secrets.token_urlsafe(16)
    email = f"journey-{secrets.token_hex(6)}@example.org"
    body = {"email": email, "password": password}
    client.call("POST", "/api/v1/auth/register", body, expect=202)
    proof = {"token": mailed_token(mail_folder, email, base_url)}
    client.call("POST", "/api/v1/auth/verification", proof, expect=204)
    client.token = _token(client, email, password)
    said = {"native": [native], "studied": [{"language": studied, "level": "A1"}]}
    me = client.call("PUT", "/api/v1/me/languages", said)
    where = {"display_name": f"Journey {studied}", "time_zone": time_zone, "country": country}
    client.call("PATCH", "/api/v1/me", where)
    return Newcomer(client=client, id=me["id"], email=email, password=password)


def travel(base_url: str, by: timedelta) -> None:
    """Move the clock of the development server forward."""
    admin = demo_person(base_url, "admin")
    seconds = max(int(by.total_seconds()), 0)
    admin.call("POST", "/api/v1/development/clock", {"advance_seconds": seconds})


def demo_person(base_url: str, name: str) -> Client:
    """One of the demo people, signed in."""
    client = Client(base_url)
    client.token = _token(client, f"{name}@demo.example", PASSWORD)
    return client


def mailed_token(folder: Path, email: str, base_url: str) -> str:
    """The proof in the mail that an address got."""
    return eventually(lambda: _look_for_mail(folder, email, base_url), "a mail")


def _look_for_mail(folder: Path, email: str, base_url: str) -> str | None:
    for mail in sorted(folder.glob("*.log"), reverse=True):
        text = mail.read_text(encoding="utf-8")
        if f"To: {email}" in text:
            found = _VERIFY.search(text)
            promise(found is not None and found[1] == base_url, f"a link here: {text}")
            return found[2] if found else None
    return None


def _token(client: Client, email: str, password: str) -> str:
    body = {"email": email, "password": password}
    token: str = client.call("POST", "/api/v1/auth/sign-in", body)["access_token"]
    return token

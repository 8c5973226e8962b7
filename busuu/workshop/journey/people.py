"""The people of the journey: demo people, and newcomers who register."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from busuu.workshop.demo import PASSWORD
from busuu.workshop.journey.client import Client, eventually, promise

TERMS = "{ legal { kind version state } }"
REGISTER = """mutation ($email: String!, $password: String!, $terms: String!) {
  register(email: $email, password: $password, agreedTerms: $terms) }"""
SIGN_IN = """mutation ($email: String!, $password: String!) {
  signIn(email: $email, password: $password) { accessToken } }"""
CHANGE_PROFILE = """mutation ($name: String, $zone: String, $country: String) {
  changeProfile(displayName: $name, timeZone: $zone, country: $country) { displayName timeZone }
}"""

_VERIFY = re.compile(r"(\S+)/account/verify/(\S+)")


@dataclass(kw_only=True)
class Newcomer:
    """A person who has registered, verified the address and signed in."""

    client: Client
    id: str
    email: str
    password: str

    def sign_in(self) -> None:
        """Sign in again: the token may have expired."""
        self.client.token = token_of(self.client, self.email, self.password)


def newcomer(
    base_url: str, mail_folder: Path, *, native: str, studied: str, time_zone: str, country: str
) -> Newcomer:
    """Register a person who speaks `native` and studies `studied`."""
    client, password = Client(base_url), secrets.token_urlsafe(16)
    email = f"journey-{secrets.token_hex(6)}@example.org"
    client.ask(REGISTER, email=email, password=password, terms=terms(client))
    proof = {"token": mailed_token(mail_folder, email, base_url)}
    client.call("POST", "/api/v1/auth/verification", proof, expect=204)
    client.token = token_of(client, email, password)
    languages = {"native": [native], "studied": [{"language": studied, "level": "A1"}]}
    me = client.call("PUT", "/api/v1/me/languages", languages)
    client.ask(CHANGE_PROFILE, name=f"Journey {studied}", zone=time_zone, country=country)
    return Newcomer(client=client, id=me["id"], email=email, password=password)


def terms(client: Client) -> str:
    """Return the version of the terms in force."""
    versions = client.ask(TERMS)["legal"]
    current = [one for one in versions if one["kind"] == "terms" and one["state"] == "current"]
    promise(len(current) == 1, f"one version of the terms is in force: {versions}")
    return str(current[0]["version"])


def travel(base_url: str, by: timedelta) -> None:
    """Move the clock of the development server forward."""
    admin = demo_person(base_url, "admin")
    seconds = max(int(by.total_seconds()), 0)
    admin.call("POST", "/api/v1/development/clock", {"advance_seconds": seconds})


def clock(base_url: str) -> datetime:
    """Return the time of the development server."""
    answer = demo_person(base_url, "admin").call("GET", "/api/v1/development/clock")
    return datetime.fromisoformat(answer["now"])


def demo_person(base_url: str, name: str) -> Client:
    """Return the client of a demo person, signed in."""
    client = Client(base_url)
    client.token = token_of(client, f"{name}@demo.example", PASSWORD)
    return client


def mailed_token(folder: Path, email: str, base_url: str) -> str:
    """Return the token in the mail to an address. Raises BrokenPromise if none arrives."""
    return eventually(lambda: _look_for_mail(folder, email, base_url), "a mail")


def _look_for_mail(folder: Path, email: str, base_url: str) -> str | None:
    for mail in sorted(folder.glob("*.log"), reverse=True):
        text = mail.read_text(encoding="utf-8")
        if f"To: {email}" in text:
            found = _VERIFY.search(text)
            promise(found is not None and found[1] == base_url, f"a link here: {text}")
            return found[2] if found else None
    return None


def token_of(client: Client, email: str, password: str) -> str:
    # GraphQL refuses every request with an expired token, this one too.
    client.token = None
    token: str = client.ask(SIGN_IN, email=email, password=password)["signIn"]["accessToken"]
    return token

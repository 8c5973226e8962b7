"""Secrets of second factors at rest: encrypted with keys derived from SECRET_KEY."""

from base64 import urlsafe_b64encode
from functools import lru_cache

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_PURPOSE = b"contexts.identity.second-factor"


def seal(text: str) -> str:
    """Return the text encrypted with the key of today."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Return the text. Raises InvalidToken if no key of today or of SECRET_KEY_FALLBACKS fits."""
    return _box().decrypt(sealed.encode("utf-8", "replace")).decode()


def _box() -> MultiFernet:
    return _box_of(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=4)
def _box_of(*secrets: str) -> MultiFernet:
    return MultiFernet([_key(secret) for secret in secrets])


def _key(secret: str) -> Fernet:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive
    return Fernet(urlsafe_b64encode(derive(secret.encode())))


class FactorSecrets(DefaultMFAAdapter):  # type: ignore[misc]
    """What django-allauth stores of a second factor is sealed."""

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

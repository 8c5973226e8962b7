"""Argon2id with a limit on concurrent hashes, so that a flood of sign-ins stays cheap."""

import threading
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

from contexts.shared.database.transactions.atomic import refuse_in_transaction

_slots = threading.BoundedSemaphore(settings.CONCURRENT_PASSWORD_HASHES)


class BoundedArgon2PasswordHasher(Argon2PasswordHasher):
    """Two passes, one lane (OWASP Password Storage Cheat Sheet); memory by setting with a floor."""

    time_cost = 2
    memory_cost = settings.ARGON2_MEMORY_KIB
    parallelism = 1

    def encode(self, password: str, salt: Any) -> str:
        refuse_in_transaction("password hash")
        with _slots:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        refuse_in_transaction("password hash")
        with _slots:
            return super().verify(password, encoded)

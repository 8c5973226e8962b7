"""Synthetic people, and the command that writes their rows."""

import io
from typing import Any

from django.core.management import call_command

from busuu.workshop.fabricating import Crowd
from contexts.shared.kernel import now
from contexts.shared.people.made_up import MadeUpPerson

LEARNERS = 250


def fabricated(learners: int, **more: Any) -> str:
    """Write synthetic learners. Return the output of the command."""
    out = io.StringIO()
    call_command("fabricate", learners=learners, stdout=out, **more)
    return out.getvalue()


def crowd(learners: int = LEARNERS, *, seed: int = 1) -> list[MadeUpPerson]:
    return Crowd(seed=seed, now=now()).people(0, learners)

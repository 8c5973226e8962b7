"""Detection of texts in another language than expected (py3langid, offline)."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from contexts.shared.language import primary, words

# Fewer words are too little to decide.
_FEWEST_WORDS = 4
# The text is in another language if the expected one's share of probability is below this.
_UNLIKELY = 0.05
_FREQUENT = ("en", "es", "fr", "de", "it", "pt")


def other_language(text: str, *, expected: str, spoken: Iterable[str] = ()) -> str | None:
    """Return the language (primary subtag) of a text if it differs from the expected one.

    Only the expected language, the writer's languages and some frequent ones are considered.
    Returns None if the text is in the expected language or too short to decide.
    """
    wanted = primary(expected)
    labels = set(_identifier().labels)
    if wanted not in labels or len(words(text)) < _FEWEST_WORDS:
        return None
    candidates = {wanted, *_FREQUENT, *(primary(tag) for tag in spoken)} & labels
    shares: dict[str, float] = {
        tag: share for tag, share in _identifier().rank(text) if tag in candidates
    }
    if shares[wanted] > _UNLIKELY * sum(shares.values()):
        return None
    return max(shares, key=lambda tag: shares[tag])


@cache
def _identifier() -> Any:
    # Imported at the first use: its model takes a moment and some megabytes.
    from py3langid import langid  # type: ignore[import-untyped]

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)

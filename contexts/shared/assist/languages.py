"""Whether a text is in the language that it should be in (py3langid, offline)."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from contexts.shared.language import primary, words

# Fewer words do not tell; and a text is in another language when this one has so small a share.
_FEWEST_WORDS = 4
_UNLIKELY = 0.05
_OFTEN_MET = ("en", "es", "fr", "de", "it", "pt")


def other_language(text: str, *, expected: str, spoken: Iterable[str] = ()) -> str | None:
    """The language (primary subtag) that a text is in instead; None when it seems right.

    Only the expected language, those that the writer speaks and the often met are thought of.
    """
    wanted = primary(expected)
    labels = set(_identifier().labels)
    if wanted not in labels or len(words(text)) < _FEWEST_WORDS:
        return None
    candidates = {wanted, *_OFTEN_MET, *(primary(tag) for tag in spoken)} & labels
    shares: dict[str, float] = {
        tag: share for tag, share in _identifier().rank(text) if tag in candidates
    }
    if shares[wanted] > _UNLIKELY * sum(shares.values()):
        return None
    return max(shares, key=lambda tag: shares[tag])


@cache
def _identifier() -> Any:
    # Loaded when first asked: its model takes a moment and some megabytes.
    from py3langid import langid  # type: ignore[import-untyped]

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)

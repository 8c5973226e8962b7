"""Whether a text is in the language that it should be in (py3langid, offline)."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from contexts.shared.language import primary, words

# Fewer words do not tell; a surer verdict than this was wrong for one text in four hundred.
_FEWEST_WORDS = 4
_SURE = 0.95
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
    shares = {tag: share for tag, share in _identifier().rank(text) if tag in candidates}
    best = max(shares, key=lambda tag: shares[tag])
    total = sum(shares.values())
    return best if best != wanted and total and shares[best] / total >= _SURE else None


@cache
def _identifier() -> Any:
    # Loaded when first asked: its model takes a moment and some megabytes.
    from py3langid import langid  # type: ignore[import-untyped]

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)

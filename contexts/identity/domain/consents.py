"""The optional purposes that a person may allow. None is needed for anything else."""

from collections.abc import Mapping

from contexts.shared.kernel import Invalid

# The version of each purpose's wording. A new wording needs a new version.
PURPOSES: Mapping[str, str] = {"product_mail": "2026-11-01", "research_use": "2026-11-01"}


class PurposeNamedTwice(Invalid):
    code = "purpose_named_twice"
    message = "The purpose {purpose} is named twice."

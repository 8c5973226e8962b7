"""Stripe behind the provider port. Needs the extra `payments`; imported when it is first used."""

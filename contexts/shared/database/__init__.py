"""The transaction boundary, where a context's tables live, and what each engine needs."""

"""Code that all HTTP entry points share: the caller, problem details, paging, limits, formats."""

"""What every HTTP entry point shares: the caller, problem details, paging, limits, formats."""

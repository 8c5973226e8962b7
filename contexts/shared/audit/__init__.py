"""One append-only log: who did what to whom, before, after and why."""

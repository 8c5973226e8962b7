"""The sandbox: a fake payment vendor with its own tables and pages. For development only."""

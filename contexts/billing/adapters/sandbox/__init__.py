"""The sandbox provider: plays the other side on its own tables. For development only."""

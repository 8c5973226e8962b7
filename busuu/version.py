"""The version of the project. pyproject.toml says the same, and a test compares them."""

VERSION = "0.2.0"

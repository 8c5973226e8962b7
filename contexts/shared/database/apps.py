from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    name = "contexts.shared.database"
    label = "database"

    def ready(self) -> None:
        # Importing registers the checks.
        from contexts.shared.database.checks import configuration, constraints  # noqa: F401

from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    name = "contexts.shared.database"
    label = "database"

    def ready(self) -> None:
        from contexts.shared.database import checks, enforced  # noqa: F401 - registers the checks

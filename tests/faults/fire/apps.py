from django.apps import AppConfig


class FireConfig(AppConfig):
    name = "tests.faults.fire"

    def ready(self) -> None:
        from tests.faults.fire import subscribers

        subscribers.register()

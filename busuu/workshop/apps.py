from django.apps import AppConfig


class WorkshopConfig(AppConfig):
    name = "busuu.workshop"
    label = "workshop"

    def ready(self) -> None:
        from busuu.workshop import clock

        clock.install()

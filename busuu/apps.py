from django.apps import AppConfig


class BusuuConfig(AppConfig):
    name = "busuu"
    label = "busuu"

    def ready(self) -> None:
        from prometheus_client import REGISTRY

        from busuu import clock
        from busuu.probes import BacklogCollector

        clock.install()
        REGISTRY.register(BacklogCollector())

from django.apps import AppConfig


class BusuuConfig(AppConfig):
    name = "busuu"
    label = "busuu"

    def ready(self) -> None:
        from prometheus_client import REGISTRY

        from busuu.probes import BacklogCollector

        REGISTRY.register(BacklogCollector())

from django.apps import AppConfig


class BusuuConfig(AppConfig):
    name = "busuu"
    label = "busuu"

    def ready(self) -> None:
        from prometheus_client import REGISTRY

        from busuu import clock, tracing
        from busuu.probes import BacklogCollector

        clock.install()
        tracing.install()
        REGISTRY.register(BacklogCollector())

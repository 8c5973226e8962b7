from django.apps import AppConfig


class BusuuConfig(AppConfig):
    name = "busuu"
    label = "busuu"

    def ready(self) -> None:
        from prometheus_client import REGISTRY

        from busuu import timing, tracing  # noqa: F401 - tasks are timed once it is loaded
        from busuu.probes import BacklogCollector

        tracing.install()
        REGISTRY.register(BacklogCollector())

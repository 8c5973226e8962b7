from django.apps import AppConfig


class BusuuConfig(AppConfig):
    name = "busuu"
    label = "busuu"

    def ready(self) -> None:
        from prometheus_client import REGISTRY

        from busuu import legal, timing, tracing, zones  # noqa: F401 - each registers what it adds
        from busuu.probes import BacklogCollector

        tracing.install()
        REGISTRY.register(BacklogCollector())

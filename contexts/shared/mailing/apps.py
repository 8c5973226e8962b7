from django.apps import AppConfig


class MailingConfig(AppConfig):
    name = "contexts.shared.mailing"
    label = "mailing"
    verbose_name = "Mail"

    def ready(self) -> None:
        from prometheus_client import REGISTRY

        from contexts.shared.mailing.metrics import MailCollector

        REGISTRY.register(MailCollector())

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MessagingConfig(AppConfig):
    name = "contexts.shared.messaging"
    label = "messaging"

    def ready(self) -> None:
        from contexts.shared.messaging import checks, expiring, serializer  # noqa: F401

        serializer.register()
        autodiscover_modules("events")
        autodiscover_modules("subscribers")

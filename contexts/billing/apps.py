from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "contexts.billing"
    label = "billing"

    def ready(self) -> None:
        from contexts.billing import api
        from contexts.shared import privacy

        api.PEOPLE.register()
        privacy.register(api.PEOPLE)

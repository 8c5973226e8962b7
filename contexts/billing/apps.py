from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "contexts.billing"
    label = "billing"

    def ready(self) -> None:
        from contexts.billing import api
        from contexts.shared import privacy

        api.register_people()
        privacy.register(
            "billing",
            fields=api.PERSON_FIELDS,
            export=api.export_person,
            erase=api.erase_person,
        )

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "contexts.community"
    label = "community"

    def ready(self) -> None:
        from contexts.community import api
        from contexts.shared import privacy

        api.register_people()
        privacy.register(
            "community",
            fields=api.PERSON_FIELDS,
            export=api.export_person,
            erase=api.erase_person,
        )

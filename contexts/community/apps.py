from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "contexts.community"
    label = "community"

    def ready(self) -> None:
        from contexts.community import api
        from contexts.shared import privacy

        privacy.register(
            "community",
            fields={"Member.id"},
            export=api.export_person,
            erase=api.erase_person,
        )

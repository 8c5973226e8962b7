from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "contexts.community"
    label = "community"

    def ready(self) -> None:
        from contexts.community import api
        from contexts.shared import privacy

        api.PEOPLE.register()
        privacy.register(api.PEOPLE)

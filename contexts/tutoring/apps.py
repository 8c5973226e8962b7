from django.apps import AppConfig


class TutoringConfig(AppConfig):
    name = "contexts.tutoring"
    label = "tutoring"

    def ready(self) -> None:
        from contexts.shared import privacy
        from contexts.tutoring import api

        api.PEOPLE.register()
        privacy.register(api.PEOPLE)

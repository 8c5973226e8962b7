from django.apps import AppConfig


class TutoringConfig(AppConfig):
    name = "contexts.tutoring"
    label = "tutoring"

    def ready(self) -> None:
        from contexts.shared import privacy
        from contexts.tutoring import api

        api.register_people()
        privacy.register(
            "tutoring",
            fields=api.PERSON_FIELDS,
            export=api.export_person,
            erase=api.erase_person,
        )

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "contexts.courses"
    label = "courses"

    def ready(self) -> None:
        from contexts.courses import api
        from contexts.shared import privacy

        privacy.register(
            "courses",
            fields={"Enrollment.learner_id", "Memory.learner_id"},
            export=api.export_person,
            erase=api.erase_person,
        )

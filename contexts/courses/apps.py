from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "contexts.courses"
    label = "courses"

    def ready(self) -> None:
        from contexts.courses import api
        from contexts.shared import privacy
        from contexts.shared.people import directory as people

        privacy.register(
            "courses",
            fields={
                "Enrollment.learner_id",
                "Memory.learner_id",
                "Learner.id",
                "Block.blocker_id",
                "Block.blocked_id",
            },
            export=api.export_person,
            erase=api.erase_person,
        )
        people.register(api.directory)

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "contexts.courses"
    label = "courses"

    def ready(self) -> None:
        from contexts.courses import api
        from contexts.shared import privacy

        api.PEOPLE.register()
        privacy.register(api.PEOPLE)

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "contexts.courses"
    label = "courses"

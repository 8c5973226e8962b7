from django.apps import AppConfig


class TutoringConfig(AppConfig):
    name = "contexts.tutoring"
    label = "tutoring"

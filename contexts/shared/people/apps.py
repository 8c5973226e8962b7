from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "contexts.shared.people"
    label = "people"

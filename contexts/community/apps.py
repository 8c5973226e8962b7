from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "contexts.community"
    label = "community"

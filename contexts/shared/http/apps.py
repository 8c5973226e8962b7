from django.apps import AppConfig


class HttpConfig(AppConfig):
    name = "contexts.shared.http"
    label = "http"

from django.apps import AppConfig


class SandboxConfig(AppConfig):
    name = "busuu.sandbox"
    label = "sandbox"

    def ready(self) -> None:
        from busuu.celery import app
        from busuu.sandbox import sending  # noqa: F401 - subscribes when it is loaded

        app.conf.beat_schedule["sandbox-pass-time"] = {
            "task": "sandbox.pass_time",
            "schedule": 60.0,
            "options": {"expires": 60.0},
        }

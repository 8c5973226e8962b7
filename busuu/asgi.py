import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "busuu.settings.production")

application = get_asgi_application()

from busuu.starting import refuse_what_is_wrong, settle  # noqa: E402 - once the apps are loaded

refuse_what_is_wrong()
settle()

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "busuu.settings.production")

django = get_asgi_application()

# Once the apps are loaded.
from busuu.serving import with_liveness  # noqa: E402
from busuu.starting import refuse_what_is_wrong, settle  # noqa: E402

application = with_liveness(django)

refuse_what_is_wrong()
settle()

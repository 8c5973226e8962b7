import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "busuu.settings.production")

django = get_wsgi_application()

# Once the apps are loaded.
from busuu.serving import in_lanes  # noqa: E402
from busuu.starting import refuse_what_is_wrong, settle  # noqa: E402

application = in_lanes(django)

refuse_what_is_wrong()
settle()

"""Pages and the admin: languages, static files and what a browser is allowed."""

from pathlib import Path

from csp.constants import NONE, SELF

from busuu.settings.place import BASE_DIR
from busuu.version import VERSION

LOGIN_URL = "/admin/login/"
# Signed in without a page to go to.
LOGIN_REDIRECT_URL = "/admin/"
UNFOLD = {
    "SITE_TITLE": "Busuu Open",
    "SITE_HEADER": "Busuu Open",
    "SITE_SUBHEADER": VERSION,
    "LOGIN": {"form": "contexts.identity.web.staff.StaffSignInForm"},
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
# Dates with the words and the order of each language.
FORMAT_MODULE_PATH = ["busuu.formats"]
LOCALE_PATHS = [BASE_DIR / "busuu" / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT: Path | None = BASE_DIR / "staticfiles"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}

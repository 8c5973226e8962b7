"""The apps of every installation, and what a request passes through."""

from busuu.settings.place import BASE_DIR

INSTALLED_APPS = [
    "busuu.apps.BusuuConfig",
    "busuu.workshop",
    "unfold.apps.BasicAppConfig",
    "busuu.admin.AuditedAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "busuu.accounts.AddressTables",
    "busuu.accounts.SecondFactorTables",
    "contexts.identity",
    "contexts.courses",
    "contexts.community",
    "contexts.tutoring",
    "contexts.billing",
    "contexts.shared.http",
    "contexts.shared.messaging",
    "contexts.shared.database",
    "contexts.shared.people",
    "contexts.shared.mailing",
    "contexts.shared.audit",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "graphene_django",
    "corsheaders",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "contexts.shared.http.middleware.RequestMiddleware",
    "contexts.shared.http.caching.NoStore",
    "corsheaders.middleware.CorsMiddleware",
    "contexts.shared.http.middleware.PageSessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "contexts.identity.web.middleware.PageAuthentication",
    "contexts.identity.web.asking.AskForAgreement",
    "contexts.shared.http.middleware.PageMessages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "contexts.shared.http.middleware.PagePolicy",
    "busuu.csp.PolicyExceptions",
]

ROOT_URLCONF = "busuu.urls"
WSGI_APPLICATION = "busuu.wsgi.application"
ASGI_APPLICATION = "busuu.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

"""Accounts: passwords, tokens, sessions and the limits on guesses."""

from datetime import timedelta

from busuu.settings.place import env

AUTH_USER_MODEL = "identity.User"
SILENCED_SYSTEM_CHECKS = [
    # `email_key` is unique and used for look-ups. `email` keeps the spelling of the user.
    "auth.W004",
    # MariaDB skips conditional constraints of django-allauth. Nothing relies on them: a person's
    # row is locked before their factor changes. Our own models must not have any (busuu.E006).
    "models.W036",
]
AUTHENTICATION_BACKENDS = ["contexts.identity.adapters.backends.EmailBackend"]
PASSWORD_HASHERS = ["contexts.identity.adapters.hashers.BoundedArgon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "display_name")},
    },
    {"NAME": "contexts.identity.adapters.passwords.VisibleValidator"},
]
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=2).total_seconds())

# Access tokens. The first key of JWT_KEYS signs, all of them verify (see "rotate keys").
JWT_KEYS: list[str] = []
JWT_ISSUER = env.str("JWT_ISSUER", default="busuu-open")
JWT_AUDIENCE = env.str("JWT_AUDIENCE", default="busuu-open-api")
ACCESS_TOKEN_LIFETIME = timedelta(minutes=15)
REFRESH_TOKEN_LIFETIME = timedelta(days=30)
# The minimum of OWASP for Argon2id: 19 MiB, two passes, one lane.
ARGON2_MEMORY_KIB = env.at_least("ARGON2_MEMORY_KIB", 8, default=19_456)
CONCURRENT_PASSWORD_HASHES = env.at_least("CONCURRENT_PASSWORD_HASHES", 1, default=1)
# Further sign-ins that wait for them. All others are refused at once with 503.
WAITING_PASSWORD_HASHES = env.at_least("WAITING_PASSWORD_HASHES", 0, default=1)
# A session ends after so long without a refresh, and in any case after the second time.
SESSION_LONGEST = timedelta(days=env.at_least("SESSION_LONGEST_DAYS", 1, default=180))
PAGE_SESSION_LIFETIME = timedelta(days=14)
# Streams end with their session, and after so long. The client then asks for a new address.
STREAM_LONGEST = timedelta(minutes=env.at_least("STREAM_LONGEST_MINUTES", 1, default=60))
# A refresh token may be sent again for so long: an answer was lost, or two tabs refresh at once.
REFRESH_LEEWAY = timedelta(seconds=env.at_least("REFRESH_LEEWAY", 0, default=30))

# Second factors (RFC 6238), by django-allauth. A phone's clock may be a code ahead or behind.
MFA_ADAPTER = "contexts.identity.adapters.secrets.FactorSecrets"
MFA_TOTP_ISSUER = "Busuu Open"
MFA_TOTP_TOLERANCE = 1
# Whether a page's session may enter the admin.
STAFF_GATE = "contexts.identity.web.second_factor.admits"

# Per network address, unless it says otherwise.
THROTTLE_RATES: dict[str, str] = {
    "credentials": env.str("THROTTLE_CREDENTIALS", default="30/min"),
    "mail": env.str("THROTTLE_MAIL", default="30/hour"),
    # Wrong passwords for one account from one network address, or on a known device.
    "guesses": env.str("THROTTLE_GUESSES", default="10/min"),
    "known_device": env.str("THROTTLE_GUESSES", default="10/min"),
    # Wrong passwords for one account from all devices that it does not know.
    "account_guesses": env.str("THROTTLE_ACCOUNT", default="100/hour"),
    # Wrong present passwords of a person who is signed in, in one session.
    "own_password": env.str("THROTTLE_PRESENT_PASSWORDS", default="20/day"),
    # Wrong codes of one person's second factor, from everywhere. They follow a right password.
    "code_guesses": env.str("THROTTLE_CODES", default="20/hour"),
    # Unknown voucher codes of one customer.
    "voucher_guesses": env.str("THROTTLE_VOUCHERS", default="10/hour"),
    "account_mail": env.str("THROTTLE_ACCOUNT_MAIL", default="10/hour"),
}

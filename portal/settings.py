"""Settings, all read from the environment; every name is explained in docs/settings.md.

``PORTAL_ENV`` is ``demo``, ``test`` or ``production``. Only production insists on a secret, on
named hosts and on TLS; nothing else differs between them, so that what was tried is what runs.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def env_int(name: str, default: int) -> int:
    return int(env(name, str(default)))


def env_list(name: str, default: str = "") -> list[str]:
    return [item.strip() for item in env(name, default).split(",") if item.strip()]


def month_and_day(text: str) -> tuple[int, int]:
    """``09-01`` → (9, 1)."""
    month, day = text.split("-")
    return int(month), int(day)


PORTAL_ENV = env("PORTAL_ENV", "demo")
if PORTAL_ENV not in ("demo", "test", "production"):
    raise ImproperlyConfigured("PORTAL_ENV must be demo, test or production")
PRODUCTION = PORTAL_ENV == "production"

DEBUG = env("DJANGO_DEBUG") == "1" and not PRODUCTION
SECRET_KEY = env("DJANGO_SECRET_KEY", "" if PRODUCTION else "only-for-a-demonstration-on-one-machine")
if not SECRET_KEY:
    raise ImproperlyConfigured("DJANGO_SECRET_KEY must be set in production")
ALLOWED_HOSTS = env_list("DJANGO_ALLOWED_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost,testserver")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("DJANGO_ALLOWED_HOSTS must be set in production")
CSRF_TRUSTED_ORIGINS = env_list("DJANGO_CSRF_TRUSTED_ORIGINS")
SITE_URL = env("SITE_URL", "http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "axes",
    "csp",
    "rules",
    "rest_framework",
    "rest_framework.authtoken",
    "drf_spectacular",
    "portal.accounts",
    "portal.audit",
    "portal.inbox",
    "portal.reviews",
    "portal.jobs",
    "portal.notices",
    "portal.presence",
    "portal.files",
    "portal.search",
    "portal.exchange",
    "alliances",
    "pilots",
    "bulletins",
    "portal.home",
    "portal.packs",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.accounts.middleware.SignInMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
APPEND_SLASH = False

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
                "portal.context.portal",
            ],
            "builtins": ["portal.templatetags.official"],
        },
    }
]


def database(url: str) -> dict[str, object]:
    """``postgresql://user:password@host:port/name?host=/socket/folder`` as Django wants it."""
    parts = urlsplit(url)
    options = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(options.get("host", parts.hostname or "")),
        "PORT": str(parts.port or options.get("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        # Compiling a plan takes longer than any query here may take.
        "OPTIONS": {"options": "-c jit=off"},
    }


DATABASES = {"default": database(env("DATABASE_URL", "postgresql://portal@127.0.0.1:5432/portal"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", "redis://127.0.0.1:6379/0")
# Sessions live in the database: signing in must work while Redis is down.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = env_int("SESSION_HOURS", 12) * 3600
SESSION_COOKIE_SAMESITE = "Lax"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if PORTAL_ENV == "test"  # hundreds of test users; the strength of the hash is not what the tests ask about
    else ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"

# Lock the pair of user and address, so that nobody can lock a colleague out from elsewhere.
AXES_FAILURE_LIMIT = env_int("SIGN_IN_FAILURES", 5)
AXES_COOLOFF_TIME = env_int("SIGN_IN_COOLOFF_HOURS", 1)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "portal.accounts.views.sign_in.locked_out"
AXES_CLIENT_IP_CALLABLE = "portal.accounts.requests.client_address"
PROXY_COUNT = env_int("PROXY_COUNT", 0)
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = env("TIME_ZONE", "Asia/Shanghai")
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "Y年n月j日"
SCHOOL_YEAR_BEGINS = month_and_day(env("SCHOOL_YEAR_BEGINS", "09-01"))
SECOND_TERM_BEGINS = month_and_day(env("SECOND_TERM_BEGINS", "02-01"))
# When a task of the five batches wants attention; see pilots.progress.Thresholds for the four numbers.
TASK_THRESHOLDS = [int(number) for number in env_list("TASK_THRESHOLDS", "2,30,90,60")]
if len(TASK_THRESHOLDS) != 4:
    raise ImproperlyConfigured("TASK_THRESHOLDS must be four numbers, such as 2,30,90,60")
# So many days a partner may object to an activity that another unit recorded; silence is agreement then.
ACTIVITY_SILENCE_DAYS = env_int("ACTIVITY_SILENCE_DAYS", 10)
FORMAT_MODULE_PATH = ["portal.formats"]

STATIC_URL = "/static/"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]  # no app brings files of its own
STATICFILES_DIRS = [BASE_DIR / "static", ("guide", BASE_DIR / "docs" / "guide" / "pictures")]
STATIC_ROOT = Path(env("STATIC_ROOT", str(BASE_DIR / "var" / "static")))
DATA_DIR = Path(env("DATA_DIR", str(BASE_DIR / "var" / "files")))
FONT_DIR = Path(env("FONT_DIR", str(BASE_DIR / "var" / "fonts")))
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR, "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if PORTAL_ENV == "test"
        else "portal.static.HashedFiles"
    },
}
WHITENOISE_USE_FINDERS = PORTAL_ENV == "test"
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# A pasted text of 2 MB, nine bytes a character on its way, must reach the form that explains itself.
DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
UPLOAD_MAX_BYTES = env_int("UPLOAD_MAX_MB", 20) * 1_000_000

# smtp://user:password@host:port?tls=1, smtps://…, file: or console:. Empty: no e-mail at all, messages stand in
# the portal. A demonstration writes its mails into a folder.
EMAIL_URL = env("EMAIL_URL", "" if PRODUCTION else "file:")
MAIL_BACKENDS = {"": "dummy", "file": "filebased", "console": "console", "smtp": "smtp", "smtps": "smtp"}
_mail = urlsplit(EMAIL_URL)
if _mail.scheme not in MAIL_BACKENDS:
    raise ImproperlyConfigured("EMAIL_URL must begin with smtp://, smtps://, file: or console:")
EMAIL_BACKEND = f"django.core.mail.backends.{MAIL_BACKENDS[_mail.scheme]}.EmailBackend"
EMAIL_HOST = unquote(_mail.hostname or "")
EMAIL_PORT = _mail.port or (465 if _mail.scheme == "smtps" else 25)
EMAIL_HOST_USER = unquote(_mail.username or "")
EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_USE_TLS = _mail.scheme == "smtp" and "tls=1" in _mail.query.split("&")
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("EMAIL_FROM", "portal@localhost")
NOTICE_DIGEST_HOUR = env_int("NOTICE_DIGEST_HOUR", 8)
if NOTICE_DIGEST_HOUR not in range(24):
    raise ImproperlyConfigured("NOTICE_DIGEST_HOUR must be an hour from 0 to 23")
# The weekly summary of what waits goes out on this day of the week (1 Monday … 7 Sunday), from the same hour.
WEEKLY_DIGEST_DAY = env_int("WEEKLY_DIGEST_DAY", 1)
if WEEKLY_DIGEST_DAY not in range(1, 8):
    raise ImproperlyConfigured("WEEKLY_DIGEST_DAY must be a day of the week from 1 to 7")
# 温馨提示: days before a deadline, days after a return, and the hour from which they go out.
REMINDER_DAYS = [int(day) for day in env_list("REMINDER_DAYS", "3,1")]
REMINDER_RETURNED_DAYS = [int(day) for day in env_list("REMINDER_RETURNED_DAYS", "3,7")]
REMINDER_HOUR = env_int("REMINDER_HOUR", 9)
# Both sides of a pair are reminded so many days before their agreement ends.
AGREEMENT_REMINDER_DAYS = env_int("AGREEMENT_REMINDER_DAYS", 60)
# 年终材料 that were put together are deleted after so many days.
PACK_KEEP_DAYS = env_int("PACK_KEEP_DAYS", 30)
# Longest time for which a unit names a deputy, or a person lets another act for him.
DELEGATION_MAX_DAYS = env_int("DELEGATION_MAX_DAYS", 90)

# A page that has a text open says so every few seconds; two lost reports do not yet count as having left.
PRESENCE_EVERY_SECONDS = env_int("PRESENCE_EVERY_SECONDS", 20)
PRESENCE_LASTS_SECONDS = PRESENCE_EVERY_SECONDS * 2 + 10
# A bulk act can be undone so long, and messages about it wait as long.
BULK_UNDO_MINUTES = env_int("BULK_UNDO_MINUTES", 10)

CELERY_BROKER_URL = REDIS_URL
# A lease outlives every task that may hold it, so a living worker never loses its claim.
JOB_LEASE_SECONDS = env_int("JOB_LEASE_SECONDS", 120)
JOB_SWEEP_SECONDS = env_int("JOB_SWEEP_SECONDS", 15)
JOB_MAX_ATTEMPTS = env_int("JOB_MAX_ATTEMPTS", 5)
WORKER_MEMORY_MB = env_int("WORKER_MEMORY_MB", 1500)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["portal.accounts.api.SignedInForGood"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "EXCEPTION_HANDLER": "portal.api.errors",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "协同提质行动工作平台接口",
    "DESCRIPTION": "与网页同样的权限、同样的数据。日期写作 2024-11-18，列表每页 50 条。说明见 docs/api.md。",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["portal.accounts.api.SignedInForGood"],
    # A choice is described where it stands: many nouns have a state, each with words of its own.
    "POSTPROCESSING_HOOKS": ["portal.api.described.without_our_notes"],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "WARNING")},
}

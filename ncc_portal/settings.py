"""One settings file; what differs between machines comes from the environment.

Every variable is listed, with its default and its use, in `.env.example`.
"""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from ncc_portal.database import database

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
HTTPS = env.bool("HTTPS", default=not DEBUG)
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECRET_KEY = env("SECRET_KEY", default="development only" if DEBUG else "")
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else []
)
for name, value in {"SECRET_KEY": SECRET_KEY, "ALLOWED_HOSTS": ALLOWED_HOSTS}.items():
    if not value:
        raise ImproperlyConfigured(
            f"Set {name} in the environment or in .env (see .env.example),"
            " or DEBUG=true on a machine for development."
        )

INSTALLED_APPS = [
    "ncc_portal",
    "governance",
    "strategy",
    "advocacy",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "rest_framework",
    "rest_framework.authtoken",
    "django_filters",
    "drf_spectacular",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "governance.http.IdleSessionMiddleware",
    "governance.http.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "governance.http.PrivatePagesMiddleware",
    "governance.views.errors.NotAllowedMiddleware",
    "governance.http.OnceMiddleware",
    "governance.http.RefusedMiddleware",
]

ROOT_URLCONF = "ncc_portal.urls"
WSGI_APPLICATION = "ncc_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["governance.templatetags.ncc"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "governance.http.frame",
            ],
        },
    }
]


DATABASES = {"default": database(f"sqlite:///{BASE_DIR}/var/db.sqlite3")}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    }
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "governance.User"
AUTHENTICATION_BACKENDS = ["governance.accounts.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": _VALIDATION + "UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name", "email"]},
    },
    {"NAME": _VALIDATION + "MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": _VALIDATION + "CommonPasswordValidator"},
    {"NAME": _VALIDATION + "NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "governance:my-work"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "governance.accounts.ClosedAccountAdapter"
ACCOUNT_FORMS = {"login": "governance.forms.accounts.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# Whose guesses are counted: an address that the client cannot make up. Without it all
# of a committee would come from the proxy and be throttled as one.
TRUSTED_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
}

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 10 * 3600
SHARED_COMPUTER_IDLE_SECONDS = 30 * 60
OWN_DEVICE_SESSION_SECONDS = 14 * 24 * 3600
SESSION_COOKIE_NAME = "__Host-ncc" if HTTPS else "ncc"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "governance.views.errors.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Asking browsers to preload binds the owner of the whole domain: a decision of
# theirs, not of this software.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in ("camera", "display-capture", "geolocation", "microphone", "usb")
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_PERMISSIONS = 0o600

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.path("MEDIA_ROOT", default=BASE_DIR / "var" / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

vars().update(env.email("EMAIL_URL", default="consolemail://"))
# In seconds. Without it a mail server that never answers would hold the worker for ever.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env(
    "FROM_EMAIL", default="NCC portal <portal@localhost>"
)
# The domain that a mail names as its own origin.
MAIL_DOMAIN = env("MAIL_DOMAIN", default="localhost")
# The address of the portal, for links in mails and print.
SITE_URL = env("SITE_URL", default="http://localhost:8000").rstrip("/")
HELP_CONTACT = env("HELP_CONTACT", default="")
# Asked before the first committee is set up in the browser.
SETUP_CODE = env("SETUP_CODE", default="")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
FORMAT_MODULE_PATH = "ncc_portal.formats"

# The kinds of document of a report, in the order of its Parts and chapters.
DOCUMENT_KINDS = [
    "governance.LegalStatus",
    "governance.StrategicDirection",
    "governance.TermsOfReference",
    "governance.Structure",
    "strategy.StrategicPlan",
    "strategy.ActivityPlan",
    "advocacy.AdvocacyStrategy",
]

# The tables in which their rows are edited and exchanged, app by app.
TABLES = [
    "governance.table_list.TABLES",
    "strategy.table_list.TABLES",
    "advocacy.table_list.TABLES",
]

# The header's links: the label, the name of the page, which takes the committee's slug.
NAVIGATION = [
    (_("Documents"), "governance:documents"),
    (_("Plan"), "strategy:plan"),
    (_("Workshops"), "governance:workshops"),
    (_("Roadmap"), "governance:roadmap"),
]
# The footer's links, in the same way: what is looked up rather than worked with.
FOOTER = [
    (_("Members"), "governance:members"),
    (_("Frameworks"), "governance:frameworks"),
    (_("Centres"), "governance:centres"),
    (_("Resolutions"), "governance:resolutions"),
    (_("Settings"), "governance:settings"),
]

# What waits for a person, app by app: functions of a person and a committee.
WORK_LISTS = [
    "governance.setup_work.setup_work",
    "governance.kept_work.kept_work",
    "governance.work.report_work",
    "governance.work.assigned_work",
    "governance.validation_work.validation_work",
    "governance.validation_work.roadmap_work",
    "strategy.work.plan_work",
]

REST_FRAMEWORK = {
    # The token first: its scheme is what a 401 names, so that it is not a 403.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_FILTER_BACKENDS": [
        "ncc_portal.rest.KnownFilters",
        "ncc_portal.rest.StableOrdering",
    ],
    "DEFAULT_PAGINATION_CLASS": "ncc_portal.rest.Pages",
    "DEFAULT_PARSER_CLASSES": ["ncc_portal.rest.Body"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_RATES": {"token": "10/min"},
    "NUM_PROXIES": TRUSTED_PROXIES,
    "EXCEPTION_HANDLER": "ncc_portal.rest.exception_handler",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "NCC portal",
    "DESCRIPTION": "A national consultative committee's report, plans and people."
    " Money is in the committee's currency; years are fiscal years, named by the"
    " calendar year in which they begin.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    # Choices stay where they are used; what every operation may refuse is added.
    "POSTPROCESSING_HOOKS": ["ncc_portal.schema.add_refusals"],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
    },
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", default="INFO")},
}

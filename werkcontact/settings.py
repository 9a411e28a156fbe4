"""All settings, from the environment only; `.env.example` names each variable and its meaning."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from werkcontact import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))

DEBUG = env.flag("DEBUG", default=False)
# Relaxes what plain http://localhost cannot do: Secure cookies, the redirect to HTTPS and HSTS. Never in production.
INSECURE_LOCAL = env.flag("INSECURE_LOCAL", default=False)

_INSECURE_KEY = "insecure-only-for-a-local-try"  # refused below as soon as DEBUG is off
SECRET_KEY = env.text("SECRET_KEY", _INSECURE_KEY)
if not DEBUG and (SECRET_KEY == _INSECURE_KEY or len(SECRET_KEY) < 32):
    raise ImproperlyConfigured("SECRET_KEY (or SECRET_KEY_FILE) must hold a secret of at least 32 characters.")

ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
BASE_URL = env.text("BASE_URL", "http://localhost:8000")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)

INSTALLED_APPS = [
    "werkcontact.ui",
    "werkcontact.personal_data",
    "werkcontact.vault",
    "werkcontact.vault.keys",
    "werkcontact.numbers",
    "werkcontact.staff",
    "werkcontact.rulebook",
    "werkcontact.access",
    "werkcontact.approvals",
    "werkcontact.jobs",
    "werkcontact.letters",
    "werkcontact.mail",
    "werkcontact.office",
    "clients",
    "dossiers",
    "requests_app",
    "werkcontact.desk.apps.DeskConfig",
    "werkcontact.demo",
    "werkcontact.desk.apps.DirectorAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "guardian",
    "simple_history",
    "csp",
    "django_htmx",
    "template_partials",
    "django_filters",
]

# The order is the request's life: the log stands outside sessions, so that every answer has its row;
# Screen stands last, nearest to the view, so that it knows who asks.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "werkcontact.access.middleware.AccessLogMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "werkcontact.office.middleware.SessionLimits",
    "werkcontact.access.middleware.ScreenMiddleware",
]

ROOT_URLCONF = "werkcontact.urls"
WSGI_APPLICATION = "werkcontact.wsgi.application"

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
                "werkcontact.desk.context.page",
            ],
        },
    },
]
FORM_RENDERER = "werkcontact.ui.forms.Renderer"

DATABASES = {
    "default": env.database("DATABASE_URL", "postgresql://wc_app@localhost/werkcontact"),
    "keys": env.database("KEYS_DATABASE_URL", "postgresql://wc_app@localhost/keys"),
}
DATABASE_ROUTERS = ["werkcontact.vault.router.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL", "redis://localhost:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 5},  # a broker that swallows packets stalls nobody
    }
}

# --- who signs in, and how -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "staff.Staff"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "werkcontact.access.guardian.DatedObjectPermissionBackend",
]
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # it looks for its own backend's literal path; ours is a subclass
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_MONKEY_PATCH_GROUP = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "werkcontact.office.adapter.Adapter"
MFA_ADAPTER = "werkcontact.office.adapter.FactorAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by the directie, who know the address
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = True
# Wrong passwords and wrong codes: at most ten an hour for an account, whatever address they come from; the computers
# on which its owner signed in before count apart (office.known_computers).
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key,10/1h/key,30/15m/ip", "reauthenticate": "10/15m/user"}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to whoever has no account here
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_FORMS = {
    "login": "werkcontact.office.web.forms.SignInForm",
    "reauthenticate": "werkcontact.office.web.forms.ReauthenticateForm",
    "change_password": "werkcontact.office.web.forms.ChangePasswordForm",
    "set_password": "werkcontact.office.web.forms.SetPasswordForm",
    "reset_password": "werkcontact.office.web.forms.ResetPasswordForm",
    "reset_password_from_key": "werkcontact.office.web.forms.ResetPasswordKeyForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Werkcontact"
MFA_FORMS = {
    "authenticate": "werkcontact.office.web.forms.CodeForm",
    "reauthenticate": "werkcontact.office.web.forms.CodeAgainForm",
    "activate_totp": "werkcontact.office.web.forms.SetUpFactorForm",
}

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_IDLE_SECONDS = 15 * 60
SESSION_LONGEST_SECONDS = 10 * 60 * 60
SESSION_COOKIE_AGE = SESSION_LONGEST_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- the wire --------------------------------------------------------------------------------------------------
_SECURE = not INSECURE_LOCAL
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _SECURE
SESSION_COOKIE_NAME = "__Host-session" if _SECURE else "wc-session"
CSRF_COOKIE_NAME = "__Host-csrf" if _SECURE else "wc-csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "werkcontact.desk.errors.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if _SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _SECURE
SECURE_REDIRECT_EXEMPT = [r"^gezondheid$"]
SECURE_REFERRER_POLICY = "same-origin"
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# --- language, time, files -------------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # unused: files go through the vault
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0 if INSECURE_LOCAL else 3600

VAULT_DIR = Path(env.text("VAULT_DIR", str(VAR_DIR / "vault")))
VAULT_KEY_FILE = Path(env.text("VAULT_KEY_FILE", str(VAR_DIR / "vault.key")))
UPLOAD_MAX_BYTES = env.number("UPLOAD_MAX_BYTES", 50 * 1024 * 1024)
FILE_UPLOAD_HANDLERS = ["werkcontact.vault.upload.EncryptingUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- background work: PostgreSQL is the truth, the broker only a hint -------------------------------------------
CELERY_BROKER_URL = env.broker(REDIS_URL)
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = env.number("WORKER_CONCURRENCY", 2)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 2
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- mail: a row first, sent once; without a server the row waits and shows --------------------------------------
EMAIL_URL = env.text("EMAIL_URL", "")
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "Werkcontact <noreply@localhost>")
EMAIL_TIMEOUT = 20
if EMAIL_URL:
    globals().update(env.mail(EMAIL_URL))

# --- who we are in letters (art. 11: name, address and city of the controller) -----------------------------------
CONTROLLER = {
    "name": env.text("CONTROLLER_NAME", "Werkcontact"),
    "address": env.text("CONTROLLER_ADDRESS", "Voorbeeldstraat 1"),
    "postcode": env.text("CONTROLLER_POSTCODE", "3011 AA"),
    "city": env.text("CONTROLLER_CITY", "Rotterdam"),
    "telephone": env.text("CONTROLLER_TELEPHONE", "010 000 00 00"),
    "email": env.text("CONTROLLER_EMAIL", "info@werkcontact.example"),
    "website": env.text("CONTROLLER_WEBSITE", "www.werkcontact.example"),
    "privacy_officer": env.text("CONTROLLER_PRIVACY_OFFICER", "fg@werkcontact.example"),
}
# Firms that keep or run our systems: recipients by name in every notice (AVG 14.1.e, 4.9).
PROCESSORS = env.words("CONTROLLER_PROCESSORS")

SIMPLE_HISTORY_ENABLED = False  # the trigger of werkcontact.history writes; the library reads

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "werkcontact.quiet_log.Formatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django.db.backends": {"level": "WARNING"}},
}

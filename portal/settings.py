"""All settings, from the environment; safe unless told otherwise. `.env.example` lists every name."""

import secrets
from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF
from kombu import Queue

from portal import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = env.flag("DEBUG")
DEMO = env.flag("DEMO")
BASE_URL = env.os.environ.get("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
HTTPS = BASE_URL.startswith("https://")

SECRET_KEY = env.os.environ.get("SECRET_KEY", "")
SECRET_KEY_IS_EPHEMERAL = not SECRET_KEY
if SECRET_KEY_IS_EPHEMERAL:
    # Management commands and tests may run without one; `wsgi.py` refuses to serve.
    SECRET_KEY = secrets.token_urlsafe(64)
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "portal.refusal_pages.stale_form"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "oauth2_provider",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_celery_beat",
    "django_prometheus",
    "foundation.regions",
    "foundation.workdays",
    "foundation.audit",
    "foundation.accounts",
    "foundation.ledger",
    "foundation.mailroom",
    "foundation.exchange",
    "foundation.outages",
    "enterprises",
    "certification",
    "incentives",
    "portal",
]

MIDDLEWARE = [
    "portal.health.LivenessMiddleware",
    "portal.overload.OverloadMiddleware",
    "portal.machine_doors.MachineDoorsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "foundation.accounts.idle.IdleMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.refusal_pages.RefusalMiddleware",
    "foundation.accounts.second_factor.SecondFactorMiddleware",
    "foundation.accounts.limits.LimitsMiddleware",
    "portal.api.pace.PaceMiddleware",
    "foundation.accounts.middleware.PrincipalMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "portal.context.portal",
            ],
        },
    }
]

DATABASES = {
    "default": env.database(env.os.environ.get("DATABASE_URL", "postgres://tianti@/tianti"))
    | {
        "CONN_MAX_AGE": env.number("DB_CONN_MAX_AGE", 60),
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {
            "connect_timeout": 3,
            "tcp_user_timeout": 5000,
            "keepalives_idle": 5,
            "options": " ".join(
                [
                    f"-c statement_timeout={env.number('DB_STATEMENT_TIMEOUT_MS', 8000)}",
                    f"-c lock_timeout={env.number('DB_LOCK_TIMEOUT_MS', 3000)}",
                    "-c idle_in_transaction_session_timeout=15000",
                    # The walls' policies make short questions look dear, and compiling one costs more than asking it.
                    "-c jit=off",
                ]
            ),
        },
    }
}
REQUEST_SECONDS = 9
"""The longest a request waits for the database, a second more than a statement may take."""
REQUEST_SLOTS = env.number("REQUEST_SLOTS", 6)
REQUEST_QUEUE_SECONDS = 1
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0")
# Used one-time codes are remembered here: in the database, so that no second process accepts one again.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "accounts_cache"}}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
CLOCK_OFFSET_SECONDS = env.number("CLOCK_OFFSET_SECONDS", 0)

STATIC_URL = "/static/"
STATIC_ROOT = env.folder("STATIC_ROOT", BASE_DIR / "static-root")
HAS_STATIC_MANIFEST = not DEBUG and (STATIC_ROOT / "staticfiles.json").is_file()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HAS_STATIC_MANIFEST or env.flag("COLLECTING")
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not HAS_STATIC_MANIFEST
PRIVATE_ROOT = env.folder("PRIVATE_ROOT", BASE_DIR / "private")
X_ACCEL = env.flag("X_ACCEL")
SCANNER = env.os.environ.get("SCANNER", "").strip() or "none"
IDENTITY_ADAPTER = env.os.environ.get("IDENTITY_ADAPTER", "").strip()
"""Dotted path of the adapter of 统一身份认证 or 电子营业执照; empty: none, in the demonstration its fake."""
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# Accounts ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "foundation.accounts.passwords.MixedCharacters"},
]
AUTH_POLICY = env.os.environ.get("AUTH_POLICY", "djbh3")
if AUTH_POLICY not in ("djbh3", "asvs"):
    raise env.ImproperlyConfigured(f"AUTH_POLICY is djbh3 or asvs, not {AUTH_POLICY!r}")
PASSWORD_DAYS = env.number("PASSWORD_DAYS", 90)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:start"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "foundation.accounts.adapter.AccountAdapter"
USERSESSIONS_ADAPTER = "foundation.accounts.signing_in.SessionsAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
# foundation/accounts/limits.py counts exactly; the library's own limits read and write in two steps.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
# The list of one's sessions shows when each was last used; idle.py notes it once a minute.
USERSESSIONS_TRACK_ACTIVITY = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Tianti"
MFA_REQUIRED = env.flag("MFA_REQUIRED", default=not DEMO)
EMAIL_BACKEND = env.os.environ.get("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = env.os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_USE_SSL = env.flag("EMAIL_USE_SSL")
DEFAULT_FROM_EMAIL = env.os.environ.get("DEFAULT_FROM_EMAIL", "tianti@localhost")
EMAIL_TIMEOUT = 10
MAIL_STAYS_HERE = env.flag("MAIL_STAYS_HERE", default=DEMO)
"""May mail end on this machine (console, memory)? Never on a server: what nobody received would count as sent."""
SMS_ADAPTER = env.os.environ.get("SMS_ADAPTER", "local" if DEMO else "none")
DIGEST_HOUR = env.number("DIGEST_HOUR", 8)
QUIET_FROM = env.number("QUIET_FROM", 22)
QUIET_UNTIL = env.number("QUIET_UNTIL", 8)
OUTAGE_COUNTS_GAPS = env.flag("OUTAGE_COUNTS_GAPS", default=not DEMO)
"""Is a minute without a probe a failure? Not where the house is switched off at night."""
PROBE_URL = env.os.environ.get("PROBE_URL", "")
EXTENSION_AFTER_MINUTES = env.number("EXTENSION_AFTER_MINUTES", 30)
EXTENSION_HOURS = env.number("EXTENSION_HOURS", 24)
"""示例: more than so many minutes of our failure in a window's last 48 hours draft so many more hours; an official signs."""
CONSULT_WORKDAYS = env.number("CONSULT_WORKDAYS", 10)
CORRECTION_WORKDAYS = env.number("CORRECTION_WORKDAYS", 10)
INCIDENT_REPLY_WORKDAYS = env.number("INCIDENT_REPLY_WORKDAYS", 10)
ASSIST_WORKDAYS = env.number("ASSIST_WORKDAYS", 30)
ASSIST_COUNTS_DAYS = env.number("ASSIST_COUNTS_DAYS", 365)
"""示例: no text gives these days; the office sets them, every letter says that they are to be confirmed."""
POSTING_QUIET_MINUTES = env.number("POSTING_QUIET_MINUTES", 30)
"""Ours, not a text's: so long after a list was published its firms are told, and not at all if it was taken down before."""
ANNOUNCEMENT_QUIET_MINUTES = env.number("ANNOUNCEMENT_QUIET_MINUTES", 2 if DEMO else 30)
"""Ours, not a text's: so long after it was signed an announcement is made, and not at all if it was taken back before; 0: at once."""
SERVICE_PROOF_WORKDAYS = env.number("SERVICE_PROOF_WORKDAYS", 3 if DEMO else 0)
"""Working days after which a served notice without proof becomes a task; 0: only when no electronic way is left."""

CERTIFICATE_STAMP = env.os.environ.get("CERTIFICATE_STAMP", "")
"""Path of the seal's picture, PNG or SVG; without one certificates are printed as specimens (样张)."""

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = ABSOLUTE_SECONDS = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-sid" if HTTPS else "sid"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
IDLE_SECONDS = env.number("IDLE_SECONDS", 30 * 60)

# The record -------------------------------------------------------------------------------------
AUDIT_SEAL_KEY = env.os.environ.get("AUDIT_SEAL_KEY", "")
AUDIT_SEAL_FILE = env.os.environ.get("AUDIT_SEAL_FILE", "")

# The browser ------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "report-uri": ["/csp-report"],
    }
}
SECURE_SSL_REDIRECT = HTTPS and env.flag("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if env.flag("TRUSTED_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
TRUSTED_PROXY = env.flag("TRUSTED_PROXY")

# REST -------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["portal.api.authentication.ClientAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["portal.api.permissions.DenyAll"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["portal.api.parsers.StrictJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "portal.api.problems.handle",
    "UNAUTHENTICATED_USER": None,
    "NUM_PROXIES": 1 if TRUSTED_PROXY else 0,
}
API_PER_MINUTE = env.number("API_PER_MINUTE", 3000)
"""Ours, not a text's: requests that one client may send in a minute, far beyond any synchronisation; 0: as many as it likes."""
SECURITY_CONTACT = env.os.environ.get("SECURITY_CONTACT", "").strip()
"""Where weaknesses are reported, for /.well-known/security.txt: an address with mailto:, https: or tel:. Empty: no such file."""
SPECTACULAR_SETTINGS = {
    "TITLE": "Tianti 天梯 REST",
    "DESCRIPTION": "宁夏优质中小企业梯度培育门户：面向市、县系统的接口。",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "portal.api.document.add_problems",
    ],
}
OAUTH2_PROVIDER_APPLICATION_MODEL = "exchange.ApiClient"
OAUTH2_PROVIDER = {
    "ACCESS_TOKEN_EXPIRE_SECONDS": 900,
    "SCOPES": {
        "enterprises:read": "读取辖区企业",
        "titles:read": "读取称号",
        "rules:evaluate": "调用规则试算",
        "applications:read": "读取辖区申请",
        "applications:review": "提交县、市审核意见",
        "changes:read": "读取变更流",
        "incidents:read": "读取辖区情况",
        "incidents:write": "报送情况",
        "figures:read": "读取登记的数据及其出处",
        "figures:write": "报送企业数据",
    },
    "SCOPES_BACKEND_CLASS": "portal.api.scopes.ClientScopes",
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "COMPLIANT_BCP_RFC9700_REFRESH_TOKEN": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_SCHEME": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_MATCHING": True,
    "COMPLIANT_BCP_RFC9700_PKCE_REQUIRED": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
}

# Background -------------------------------------------------------------------------------------
CELERY_BROKER_URL = env.broker(REDIS_URL)
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_QUEUES = [Queue("tianti")]
CELERY_TASK_DEFAULT_QUEUE = "tianti"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_ACKS_ON_FAILURE_OR_TIMEOUT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A broker that is full answers with an error, not with silence: a worker waits for it as for one that is away.
CELERY_BROKER_CHANNEL_ERROR_RETRY = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 10,
    "socket_connect_timeout": 3,
    "health_check_interval": 25,
} | ({} if REDIS_URL.startswith("unix:") else {"socket_keepalive": True})
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
DJANGO_CELERY_BEAT_TZ_AWARE = True
LETTER_REMEDY = env.os.environ.get("LETTER_REMEDY", "")
RECONSIDERATION_DAYS = env.number("RECONSIDERATION_DAYS", 0)
SMALL_CELL = env.number("SMALL_CELL", 5)
REREVIEW_SLICE = env.number("REREVIEW_SLICE", 500)
LEDGER_SWEEP_SECONDS = env.number("LEDGER_SWEEP_SECONDS", 5)

METRICS_TOKEN = env.os.environ.get("METRICS_TOKEN", "")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "portal.logs.JsonFormatter"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": env.os.environ.get("LOG_FORMAT", "line")}},
    "root": {"handlers": ["stderr"], "level": env.os.environ.get("LOG_LEVEL", "INFO")},
    "loggers": {"django.request": {"level": "ERROR"}, "pikepdf": {"level": "WARNING"}},
}

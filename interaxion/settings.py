"""All settings, read from the environment. None is needed to run on one's own machine.

DATABASE_URL CACHE_URL MEDIA_ROOT MEDIA_STORAGE MEDIA_ACCEL SITE_URL SECRET_KEY ALLOWED_HOSTS DEBUG PORT DEMO VAR_DIR
DIAGRAM_COMMAND TRANSCRIBE_COMMAND EMAIL_URL EMAIL_FROM HSTS_SUBDOMAINS HSTS_PRELOAD ERROR_HOOK WEB_CONCURRENCY
BACKUPS_KEPT TASKS_URL WEBSUB_HUB WORK_LOOKUPS UPLOAD_LIMIT_MB PUBLISH_COMMAND PUBLISH_URL
A SITE_URL that begins with https:// means production.
"""

from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from interaxion import environment
from interaxion.logs import logging_settings

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = environment.folder("VAR_DIR", BASE_DIR / "var")

# --- address ---
PORT = environment.number("PORT", 8000)
#: The processes that serve readers.
WEB_CONCURRENCY = environment.number("WEB_CONCURRENCY", 2)
SITE_URL = environment.text("SITE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
IS_PRODUCTION = SITE_URL.startswith("https://")
DEBUG = environment.flag("DEBUG")
SITE_HOST = urlsplit(SITE_URL).hostname or ""
if not SITE_HOST:
    raise ImproperlyConfigured("SITE_URL must be an address such as https://example.org")
ALLOWED_HOSTS = [SITE_HOST, *environment.words("ALLOWED_HOSTS")]
if not IS_PRODUCTION:
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, "127.0.0.1", "localhost", "[::1]"]

SECRET_KEY = environment.text("SECRET_KEY")
if not SECRET_KEY:
    if IS_PRODUCTION:
        raise ImproperlyConfigured("SECRET_KEY must be set where SITE_URL begins with https://")
    SECRET_KEY = environment.secret_key(VAR_DIR / "secret-key")

# --- security: HTTPS is required if SITE_URL begins with https:// ---
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if IS_PRODUCTION else 0
# They bind other hosts of the same domain, and preloading can hardly be undone: https://hstspreload.org/
SECURE_HSTS_INCLUDE_SUBDOMAINS = environment.flag("HSTS_SUBDOMAINS")
SECURE_HSTS_PRELOAD = environment.flag("HSTS_PRELOAD")
if SECURE_HSTS_PRELOAD and not SECURE_HSTS_INCLUDE_SUBDOMAINS:
    raise ImproperlyConfigured("HSTS_PRELOAD needs HSTS_SUBDOMAINS: browsers preload a domain with all its hosts")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_PRODUCTION else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
# The first two demand the two settings of HSTS above. The last warns of libraries of one name: `CONSTANT_TAGS` takes
# the place of those of Django.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021", "templates.W003"]

# --- what the site is made of ---
INSTALLED_APPS = [
    "interaxion.sitewide",
    "interaxion.content",
    "interaxion.serving",
    "interaxion.desk",
    "episodes",
    "posts",
    "courses",
    "interaxion.admin_site.InteraxionAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "markdownx",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "interaxion.serving.errors.request_id.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Forgets the time zone that the request before it has read.
    "interaxion.serving.site_time.SiteTimeMiddleware",
    "interaxion.sitewide.feeds_in_browsers.FeedsInBrowsersMiddleware",
    # A kept page has passed all that is below already.
    "interaxion.serving.public_pages.KeptPagesMiddleware",
    "interaxion.sitewide.stored_pages.middleware.StoredPagesMiddleware",
    "interaxion.serving.security.BrowserPoliciesMiddleware",
    # Refuses requests for hosts that are not in ALLOWED_HOSTS.
    "django.middleware.common.CommonMiddleware",
    "interaxion.serving.languages.LanguageFromPathMiddleware",
    "interaxion.serving.cookies.CookiesForTheDeskMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "interaxion.urls"
# Addresses are rows of `Path`; the view that reads them redirects from other spellings.
APPEND_SLASH = False
# The site is at the root of its host: a visitor's header `SCRIPT_NAME`, which a proxy may let through, is ignored.
FORCE_SCRIPT_NAME = ""
WSGI_APPLICATION = "interaxion.wsgi.application"
FORM_RENDERER = "interaxion.serving.form_renderer.FormRenderer"
#: Django's tags for words, addresses and parts, with those of constants kept.
CONSTANT_TAGS = "interaxion.serving.templatetags.constants"
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
                "django.template.context_processors.i18n",
                "interaxion.sitewide.pages.context.site",
            ],
            "builtins": [CONSTANT_TAGS],
            "libraries": {"i18n": CONSTANT_TAGS, "static": CONSTANT_TAGS},
        },
    }
]

# --- data ---
#: A program that reads Mermaid from stdin and writes SVG to stdout, instead of the library that draws by default.
DIAGRAM_COMMAND = environment.text("DIAGRAM_COMMAND")
TRANSCRIBE_COMMAND = environment.text("TRANSCRIBE_COMMAND")
#: Whether an empty database is filled with the demo content.
DEMO = environment.flag("DEMO", default=True) and not IS_PRODUCTION
DATABASES = {"default": environment.database(environment.text("DATABASE_URL"), default=VAR_DIR / "interaxion.sqlite3")}
CACHES = environment.caches(environment.text("CACHE_URL"), VAR_DIR / "cache" / "counts")
#: The newest backups in VAR_DIR/backups that `tick` leaves there.
BACKUPS_KEPT = environment.number("BACKUPS_KEPT", 7, at_least=1)
# Megabytes of one file: audio, video, slides. A proxy must let a little more through.
UPLOAD_LIMIT_MB = environment.number("UPLOAD_LIMIT_MB", 300, at_least=1)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# --- work that takes long: the database is the queue, or RQ with its own workers (`manage.py rqworker`) ---
TASKS_URL = environment.text("TASKS_URL")
_TASKS = environment.tasks(TASKS_URL)
TASKS = {"default": {"BACKEND": _TASKS["backend"]}}
RQ_QUEUES = _TASKS["rq_queues"]
INSTALLED_APPS += _TASKS["apps"]

#: The WebSub hub that the feeds name, and that is told of what is new.
WEBSUB_HUB = environment.text("WEBSUB_HUB")
#: A program that sends the frozen site in VAR_DIR/frozen, its folder, to where it is served.
PUBLISH_COMMAND = environment.text("PUBLISH_COMMAND")
#: Where it is served, if not at SITE_URL: on a laptop that is the address of the desk alone.
PUBLISH_URL = environment.text("PUBLISH_URL", SITE_URL).rstrip("/")
if WEBSUB_HUB and urlsplit(WEBSUB_HUB).scheme not in {"http", "https"}:
    raise ImproperlyConfigured("WEBSUB_HUB must begin with http:// or https://")

#: Whether registries of papers and books are asked about the works that the site discusses.
WORK_LOOKUPS = environment.flag("WORK_LOOKUPS")

# --- e-mail: for password resets, offered only if there is a server ---
_MAIL = environment.mail(environment.text("EMAIL_URL"))
SENDS_MAIL = bool(_MAIL)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if SENDS_MAIL else 'console'}.EmailBackend"
if SENDS_MAIL:
    EMAIL_HOST, EMAIL_PORT = _MAIL["host"], _MAIL["port"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL["username"], _MAIL["password"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL["use_tls"], _MAIL["use_ssl"]
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM", f"no-reply@{SITE_HOST}")
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60

# --- language and time ---
LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", _("Japanese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "interaxion" / "locale"]
FORMAT_MODULE_PATH = "interaxion.locale"
TIME_ZONE = environment.time_zone("TIME_ZONE", "Asia/Tokyo")
USE_I18N = USE_TZ = True

# --- files ---
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(environment.text("MEDIA_ROOT", str(VAR_DIR / "media")))
#: The header that tells a proxy to send a file itself: X-Accel-Redirect (nginx) or X-Sendfile.
MEDIA_ACCEL = environment.text("MEDIA_ACCEL")
if MEDIA_ACCEL not in {"", "X-Accel-Redirect", "X-Sendfile"}:
    raise ImproperlyConfigured(f"MEDIA_ACCEL must be X-Accel-Redirect or X-Sendfile, not {MEDIA_ACCEL!r}")
MEDIA_STORAGE = environment.media_storage(environment.text("MEDIA_STORAGE"))
if MEDIA_ACCEL and "OPTIONS" in MEDIA_STORAGE:
    raise ImproperlyConfigured("MEDIA_ACCEL is for media on disk: with MEDIA_STORAGE there is no file for the proxy")
STORAGES = {
    "default": MEDIA_STORAGE,
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "interaxion.static_storage.StaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o644
FILE_UPLOAD_HANDLERS = [
    "interaxion.content.files.uploads.FieldsReader",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "interaxion.content.files.uploads.LimitedUploadHandler",
]

# --- libraries ---
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_TAGS_FROM_STRING = "interaxion.content.tags.parse_tags"
TAGGIT_STRING_FROM_TAGS = "interaxion.content.tags.spell_tags"
MARKDOWNX_MARKDOWNIFY_FUNCTION = "interaxion.desk.editing.markdownify"
MARKDOWNX_URLS_PATH = "/admin/markdownx/markdownify/"
MARKDOWNX_UPLOAD_URLS_PATH = "/admin/markdownx/upload/"

LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
#: An address that is told of each unhandled exception, see interaxion/serving/errors/hook.py.
ERROR_HOOK = environment.text("ERROR_HOOK")
if ERROR_HOOK and urlsplit(ERROR_HOOK).scheme not in {"http", "https"}:
    raise ImproperlyConfigured("ERROR_HOOK must begin with http:// or https://")
LOGGING = logging_settings(TIME_ZONE, ERROR_HOOK)

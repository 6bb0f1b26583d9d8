"""Django's settings, all from the environment (docs/reference/settings.md)."""

import os
from pathlib import Path
from typing import Any

from tuntas.kit.database import PATIENCE, Impatient, django_database
from tuntas.kit.env import env
from tuntas.kit.structured_log import log_settings

_env = env()
SECONDS_TO_CONNECT = 8  # to the database; a page waits no longer for one of the pool's either

SECRET_KEY = _env.secret_key
BASE_URL = _env.base_url
IS_HTTPS = BASE_URL.startswith("https://")
ALLOWED_HOSTS = [_env.host, "localhost", "127.0.0.1", "[::1]"]
DEBUG = False

# The command line starts the embedded cluster and names its socket here; nothing is started by reading settings.
_database: dict[str, Any] = django_database(
    _env.database_url or os.environ.get("TUNTAS_EMBEDDED_URL", "postgresql:///tuntas?host=/")
)
if os.environ.get("TUNTAS_POOL"):
    # Many slow people share few connections: a thread holds one only while its request talks to the database.
    _database.setdefault("OPTIONS", {}).setdefault("connect_timeout", SECONDS_TO_CONNECT)
    Impatient.seconds = float(os.environ.get(PATIENCE) or 0) or None
    _database["OPTIONS"]["pool"] = {
        "min_size": 1,
        "max_size": int(os.environ["TUNTAS_POOL"]),
        "timeout": SECONDS_TO_CONNECT,
        "connection_class": Impatient,
    }
DATABASES: dict[str, dict[str, Any]] = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "tuntas.agencies",
    "tuntas.people",
    "tuntas.sealed",
    "tuntas.reports",
    "tuntas.publications",
    "tuntas.statistics",
    "tuntas.ledger",
    "tuntas.meetings",
    "tuntas.web",
]
MIDDLEWARE = [
    "tuntas.web.watching.Watching",
    "tuntas.web.addresses.RealAddress",
    "tuntas.web.headers.SafeHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tuntas.web.fewer_bytes.FewerBytes",
    "tuntas.web.maintenance.Maintenance",
    "tuntas.web.failures.PlainFailures",
]
ROOT_URLCONF = "tuntas.urls"
WSGI_APPLICATION = "tuntas.wsgi.application"
APPEND_SLASH = False
AUTH_USER_MODEL = "people.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600  # seconds an invitation is good for
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
STATIC_URL = "/static/"
STATIC_ROOT = _env.data / "static"
BUILT_ROOT = _env.data / "built"  # style sheets put together from their parts
BROWSER_ROOT = Path(__file__).parents[1] / "build"  # what bin/build-browser makes; may be missing
STATICFILES_DIRS = [folder for folder in (BUILT_ROOT, BROWSER_ROOT) if folder == BUILT_ROOT or folder.is_dir()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "tuntas.web.hashed_names.HashedNames"},
}

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "id"
USE_I18N = False

DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
SECURE_CONTENT_TYPE_NOSNIFF = True
PROCRASTINATE_IMPORT_PATHS = ["tuntas.jobs"]

LOGGING: dict[str, Any] = log_settings(_env.log)

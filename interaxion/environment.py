"""Readers of the values that settings.py takes from the environment. No Django.

A ValueError that they raise is all that an operator sees: one line with the name of the setting and the cure.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    """Return True for 1, true, yes, on; False for 0, false, no, off. Raises ValueError for anything else."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ValueError(f"{name} must be 1 or 0, not {value!r}")


def number(name: str, default: int, *, at_least: int = 0) -> int:
    """Return a whole number. Raises ValueError for anything else, and for less than `at_least`."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or int(value) < at_least:
        raise ValueError(f"{name} must be a whole number of at least {at_least}, not {value!r}")
    return int(value)


def time_zone(name: str, default: str) -> str:
    """Return the name of a time zone. Raises ValueError for one that is not known."""
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as problem:
        raise ValueError(f"{name} must be a time zone such as Asia/Tokyo, not {value!r}") from problem
    return value


def words(name: str) -> list[str]:
    """Return the items of a list that is separated by commas or spaces."""
    return text(name).replace(",", " ").split()


def folder(name: str, default: Path) -> Path:
    """Return a folder that exists and that we may write to. Raises ValueError if there is none.

    Others may enter a new one but see nothing in it: a proxy sends the media and static files below.
    """
    path = Path(text(name, str(default)))
    try:
        path.mkdir(mode=0o711, parents=True, exist_ok=True)
    except OSError as problem:
        raise ValueError(
            f"{name}: the folder {path} cannot be made ({problem.strerror}); name another one"
        ) from problem
    if not os.access(path, os.W_OK | os.X_OK):
        raise ValueError(f"{name}: the folder {path} is not writable for this user; run chown or name another one")
    return path


def _address(name: str, url: str) -> SplitResult:
    """Return the parts of an address with a password. Raises ValueError, without the address, if it is cut wrongly."""
    try:
        parts = urlsplit(url)
        is_whole = parts.port != 0 and not parts.fragment and "@" not in parts.path + parts.query
    except ValueError:
        is_whole = False
    if not is_whole:
        raise ValueError(
            f"{name} cannot be read: percent-encode the password (%23 for #, %2F for /, %40 for @, %25 for %)"
        )
    return parts


def database(url: str, *, default: Path) -> dict[str, Any]:
    """Return Django's DATABASES entry for `sqlite:///file` or `postgres://user:password@host:port/name?option=value`.

    The file of SQLite is made for its owner alone. Raises ValueError for any other scheme.
    """
    if not url or url.startswith("sqlite:"):
        file = unquote(urlsplit(url).path.removeprefix("/")) or str(default)
        _keep_private(file)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": file,
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # A writer takes the lock when its transaction begins, so that two writers wait instead of failing.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
                    " PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728; PRAGMA cache_size=-16000;"
                ),
            },
        }
    parts = _address("DATABASE_URL", url)
    if parts.scheme in {"postgres", "postgresql"}:
        if not parts.path.strip("/"):
            raise ValueError("DATABASE_URL must name a database: postgres://user:password@host/name")
        options = dict(parse_qsl(parts.query))
        threshold = options.pop("prepare_threshold", "2")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {
                "connect_timeout": "5",  # seconds: without it a page waits minutes for a machine that is gone
                # How often a prepared query is asked before its plan is kept; None for never.
                "prepare_threshold": int(threshold) if threshold.isdigit() else None,
                **options,
            },
        }
    raise ValueError(f"DATABASE_URL must begin with sqlite:// or postgres://, not {parts.scheme}://")


def _keep_private(file: str) -> None:
    """Make a database file that only its owner reads, and close an older one to everybody else."""
    if file == ":memory:":
        return
    try:
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as problem:
        raise ValueError(f"DATABASE_URL: the file {file} cannot be opened ({problem.strerror})") from problem
    with suppress(PermissionError):  # it belongs to somebody else
        if os.stat(file).st_mode & 0o007:
            os.chmod(file, 0o600)


def caches(url: str, folder: Path) -> dict[str, dict[str, Any]]:
    """Return Django's CACHES: `default` counts for rate limits, `pages` keeps pages, however many, and evicts no count.

    `redis://…` is shared by all processes. Without it, the processes of one machine share counts in `folder`, and each
    keeps its own pages in memory. Raises ValueError for any other scheme.
    """
    if not url:
        files, memory = (f"interaxion.serving.shared_cache.{name}" for name in ("FileCache", "BoundedMemory"))
        return {
            "default": {"BACKEND": files, "LOCATION": str(folder), "OPTIONS": {"MAX_ENTRIES": 5000}},
            "pages": {"BACKEND": memory, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 1000}},
        }
    if _address("CACHE_URL", url).scheme in {"redis", "rediss", "unix"}:
        redis = {"BACKEND": "interaxion.serving.shared_cache.RedisCache", "LOCATION": url}
        return {name: redis | {"KEY_PREFIX": name} for name in ("default", "pages")}
    raise ValueError("CACHE_URL must begin with redis://, rediss:// or unix://")


def media_storage(url: str) -> dict[str, Any]:
    """Return Django's default of STORAGES for `s3://key:secret@host:port/bucket/folder?region=…`, the disk if empty.

    `s3+http://` means without TLS. Without a key, the machine's own credentials are used (environment, instance role).
    A key, secret or folder is percent-encoded. Raises ValueError for anything else.
    """
    if not url:
        return {"BACKEND": "interaxion.content.files.disk_storage.DiskStorage"}
    parts = urlsplit(url)
    bucket, _, folder = unquote(parts.path.strip("/")).partition("/")
    if parts.scheme not in {"s3", "s3+http"} or not parts.hostname or not bucket:
        raise ValueError("MEDIA_STORAGE must be such as s3://key:secret@s3.example/bucket?region=eu-central-1")
    scheme, port = "http" if parts.scheme == "s3+http" else "https", f":{parts.port}" if parts.port else ""
    return {
        "BACKEND": "interaxion.content.files.object_storage.ObjectStorage",
        "OPTIONS": {
            "access_key": unquote(parts.username or "") or None,
            "secret_key": unquote(parts.password or "") or None,
            "endpoint_url": f"{scheme}://{parts.hostname}{port}",
            "bucket_name": bucket,
            "location": folder,
            "region_name": dict(parse_qsl(parts.query)).get("region"),
        },
    }


def tasks(url: str) -> dict[str, Any]:
    """Return Django's TASKS, RQ_QUEUES and the apps that they need: for `redis://…` RQ, for "" the database.

    Raises ValueError for any other scheme.
    """
    if not url:
        return {"backend": "django_tasks_db.DatabaseBackend", "apps": [], "rq_queues": {}}
    if url.startswith(("redis://", "rediss://", "unix://")):
        # Seconds. A job may take long, and says itself whether it lives; its result is looked at for two weeks.
        queue = {"URL": url, "DEFAULT_TIMEOUT": 24 * 60 * 60, "DEFAULT_RESULT_TTL": 14 * 24 * 60 * 60}
        return {"backend": "django_tasks_rq.RQBackend", "apps": ["django_rq"], "rq_queues": {"default": queue}}
    raise ValueError("TASKS_URL must begin with redis://, rediss:// or unix://")


def mail(url: str) -> dict[str, Any]:
    """Return the parts of `smtp://user:password@host:port`; `smtp+tls://` means STARTTLS, `smtps://` TLS at once.

    Empty for an empty `url`. Raises ValueError for any other address.
    """
    if not url:
        return {}
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    parts = _address("EMAIL_URL", url)
    if parts.scheme not in ports or not parts.hostname:
        raise ValueError("EMAIL_URL must be such as smtp+tls://user:password@mail.example:587 (or smtp://, smtps://)")
    return {
        "host": parts.hostname,
        "port": parts.port or ports[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp+tls",
        "use_ssl": parts.scheme == "smtps",
    }


def secret_key(file: Path) -> str:
    """Return the key in `file`, written at the first start: a site on one's own machine needs no setting."""
    try:
        return file.read_text().strip()
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        key = secrets.token_urlsafe(50)
        try:
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
                stream.write(key)
        except FileExistsError:  # another process won the race
            return file.read_text().strip()
        return key

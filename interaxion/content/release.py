"""The running release: its version for people, and a key, since other code may make other pages of the same content."""

import hashlib
from functools import cache

from django.conf import settings

#: By https://semver.org: what may need a hand on an upgrade raises the first number. CHANGELOG.md says what.
VERSION = "1.0.0"

#: What a page is made of, apart from its content.
FOLDERS = ("interaxion", "episodes", "posts", "courses", "templates", "static")
KINDS = {".py", ".html", ".txt", ".css", ".js", ".svg", ".mo"}


@cache
def release_key() -> str:
    """Return 12 hex digits: the same in every process of a release, others if a page could look different."""
    digest = hashlib.sha256(settings.SITE_URL.encode())
    files = [settings.BASE_DIR / "requirements.txt"]
    for folder in FOLDERS:
        files += [file for file in (settings.BASE_DIR / folder).rglob("*") if file.suffix in KINDS]
    for file in sorted(files):
        digest.update(f"\n{file.relative_to(settings.BASE_DIR)}\n".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]

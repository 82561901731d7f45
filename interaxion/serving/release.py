"""Which release of the program answers: its pages differ from those of another though no content does."""

import hashlib
from functools import cache

from django.conf import settings

#: What a page is made of beside its content.
FOLDERS = ("interaxion", "episodes", "posts", "courses", "templates", "static")
KINDS = {".py", ".html", ".txt", ".css", ".js", ".svg", ".mo"}


@cache
def release_key() -> str:
    """A short word that is the same in every process of one release, and another where a page could look otherwise."""
    digest = hashlib.sha256(settings.SITE_URL.encode())
    files = [settings.BASE_DIR / "requirements.txt"]
    for folder in FOLDERS:
        files += [file for file in (settings.BASE_DIR / folder).rglob("*") if file.suffix in KINDS]
    for file in sorted(files):
        digest.update(f"\n{file.relative_to(settings.BASE_DIR)}\n".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]

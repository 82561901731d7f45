"""Addresses below the code of a language, such as `/en/about/`: there this site has its other interface."""

from django.conf import settings

from interaxion.content.discovery.editions import paths_in
from interaxion.content.paths import is_front_page


def split_language(path: str) -> tuple[str, str]:
    """Split `/en/about/` into (`en`, `/about/`); ("", path) for an address that is not below a language."""
    code, slash, rest = path.strip().lstrip("/").partition("/")
    if is_front_page(path) or code not in dict(settings.LANGUAGES) or not slash:
        return "", path
    return code, f"/{rest}"


def edition_path(path: str, code: str) -> str:
    """`/about/`, `en` → `/about-en/`: the address of the English edition, whatever the one in the site's language."""
    path = path.removesuffix(".html")
    return next(reversed(paths_in(path, settings.LANGUAGE_CODE, code)), path)

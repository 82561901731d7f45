"""The configuration of a Hugo site, and where it lies. https://gohugo.io/configuration/introduction/"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from interaxion.sitewide.importing.sources.source import ImportSource
from interaxion.text.hugo.front_matter import lowered, parse_hugo_data

_ENDINGS = (".toml", ".yaml", ".yml", ".json")
#: The configuration, in the order in which Hugo looks for it.
CONFIGS = tuple(
    f"{folder}{stem}{ending}"
    for folder in ("", "config/_default/")
    for stem in ("hugo", "config")
    for ending in _ENDINGS
)
CONTENT = "content/"


def find_root(source: ImportSource) -> str | None:
    """Return the folder of a Hugo site, "" or with a slash at its end; None if there is none."""
    names = set(source.all_names)
    found = {name.removesuffix(end) for name in names for end in CONFIGS if f"/{name}".endswith(f"/{end}")}
    for root in sorted(found, key=len):
        has_content = any(name.startswith(root + CONTENT) for name in names)
        if has_content and f"{root}_config.yml" not in names:
            return root
    return None


@dataclass(frozen=True)
class HugoConfig:
    """Keys are in lower case, as Hugo reads them."""

    name: str = ""  # of the file
    data: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, source: ImportSource, name: str) -> "HugoConfig":
        """Raise SourceError."""
        return cls(name, lowered(parse_hugo_data(name, source.read(name))))

    def text(self, key: str) -> str:
        value = self.data.get(key, "")
        return value.strip() if isinstance(value, str) else ""

    @property
    def parameters(self) -> Mapping[str, Any]:
        found = self.data.get("params")
        return found if isinstance(found, dict) else {}

    @property
    def permalinks(self) -> Mapping[str, Any]:
        """The pattern of the addresses of each section."""
        patterns = self.data.get("permalinks")
        patterns = patterns.get("page", patterns) if isinstance(patterns, dict) else {}
        return patterns if isinstance(patterns, dict) else {}

    @property
    def menu(self) -> list[str]:
        """The addresses of this site in the main menu."""
        menus = self.data.get("menu") or self.data.get("menus")
        items = menus.get("main") if isinstance(menus, dict) else None
        items = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
        found = [str(item.get("url") or item.get("URL") or item.get("pageRef") or "") for item in items]
        return [address for address in found if address and "://" not in address]

    def split_language(self, name: str) -> tuple[str, str]:
        """Return the language of a file in `content/`, and its name without it; "" for the one language of a site.

        https://gohugo.io/content-management/multilingual/
        """
        path = PurePosixPath(name)
        for code, options in self.languages.items():
            folder = find_text(options, "contentdir").removeprefix(CONTENT).strip("/")
            if folder and folder != "content" and path.is_relative_to(folder):
                return code, str(path.relative_to(folder))
            if path.stem.endswith(f".{code}"):
                return code, str(path.with_name(f"{path.stem.removesuffix(f'.{code}')}{path.suffix}"))
        return self._default_language if self.languages else "", name

    def prefix_of(self, language: str) -> str:
        """Return what the addresses of a language begin with: `/en`; "" for the one that the site begins with."""
        is_first = language in ("", self._default_language)
        return "" if is_first and self.text("defaultcontentlanguageinsubdir") != "true" else f"/{language}"

    @property
    def languages(self) -> dict[str, dict[str, Any]]:
        found = self.data.get("languages")
        return {code: each for code, each in found.items() if isinstance(each, dict)} if isinstance(found, dict) else {}

    @property
    def _default_language(self) -> str:
        return self.text("defaultcontentlanguage") or "en"

    @property
    def as_ours(self) -> dict[str, Any]:
        """Return the settings in the keys of `_config.yml`."""
        address = self.text("baseurl").rstrip("/")
        return {
            "title": self.text("title"),
            "description": find_text(self.parameters, "description") or self.text("description"),
            "url": address if "://" in address else "",
            "lang": (self.text("languagecode") or self.text("defaultcontentlanguage"))[:2].lower(),
            "timezone": self.text("timezone"),
            "podcast_audio_url": find_text(self.parameters, "media_prefix"),
        }


def find_text(data: Mapping[str, Any], key: str) -> str:
    """Return the text of this key, at any depth; "" without one."""
    for name, value in data.items():
        if name.lower() == key and isinstance(value, str):
            return value
        if isinstance(value, dict) and (found := find_text(value, key)):
            return found
    return ""

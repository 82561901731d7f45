"""The Jekyll sites inside what is imported: which file belongs to which, and what each says of itself."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from episodes.models import Podcast
from interaxion.content.frontmatter import parse_data, parse_document
from interaxion.content.importing.inputs import ImportInputs, Place
from interaxion.content.importing.jekyll_keys import TOKYO, day_in_name
from interaxion.content.importing.site_files import SiteFiles
from interaxion.content.kramdown import JekyllSite
from interaxion.content.source_errors import SourceError
from interaxion.sitewide.import_source import SITE_MARKS, ImportSource
from posts.reading import read_post

DOCUMENT_SUFFIXES = (".md", ".markdown", ".mkd")


@dataclass(frozen=True)
class Site:
    """One Jekyll site, or a folder that is none; `root` is "" or ends with a slash."""

    root: str
    is_jekyll: bool
    source: ImportSource
    names: tuple[str, ...]  # to import
    all_names: tuple[str, ...]

    @cached_property
    def documents_by_folder(self) -> dict[PurePosixPath, list[str]]:
        documents = defaultdict(list)
        for path in map(PurePosixPath, self.all_names):
            if path.suffix in DOCUMENT_SUFFIXES:
                documents[path.parent].append(path.name)
        return documents

    def place(self, name: str, *, is_course: bool = False) -> Place:
        folder = PurePosixPath(name).parent
        beside = self.documents_by_folder.get(folder, [])
        documents = tuple(other for other in beside if other != PurePosixPath(name).name)
        return Place(
            name_in_site=name.removeprefix(self.root),
            folder=folder.name or self.source.root_name,
            has_index=is_course or PurePosixPath(name).stem == "index" or "index.md" in documents,
            is_site_root=self.is_jekyll and name.removeprefix(self.root) == PurePosixPath(name).name,
            others=documents,
        )

    def read(self, name: str) -> bytes:
        return self.source.read(self.root + name)


def find_sites(source: ImportSource) -> list[Site]:
    roots = {""}
    for name in source.all_names:
        parts = PurePosixPath(name).parts
        roots |= {"".join(f"{part}/" for part in parts[:i]) for i, part in enumerate(parts) if part in SITE_MARKS}
    by_length = sorted(roots, key=len, reverse=True)

    def root_of(name: str) -> str:
        return next(root for root in by_length if name.startswith(root))

    marked = {root_of(name) for name in source.all_names if set(PurePosixPath(name).parts) & set(SITE_MARKS)}
    return [
        Site(
            root,
            root in marked,
            source,
            tuple(name for name in source.names if root_of(name) == root),
            tuple(name for name in source.all_names if root_of(name) == root),
        )
        for root in sorted(roots)
    ]


def own_hosts_of(sites: list[Site], site_url: str, *, is_demo: bool = False) -> frozenset[str]:
    """The hosts whose pages become pages of this site: those of all that is imported together, and the former ones."""
    addresses = [site_url, *(_text(config_of(site), "url") for site in sites)]
    addresses += [] if is_demo else Podcast.current().former_sites
    return frozenset(urlsplit(address).netloc.lower() for address in addresses if address)


def inputs_of(site: Site, inputs: ImportInputs) -> ImportInputs:
    """The run's inputs with what this site adds to them; a `_config.yml` that cannot be read fails on its own."""
    config = config_of(site)
    url = _text(config, "url")
    permalink = _text(config, "permalink")
    jekyll = JekyllSite(
        url=url,
        baseurl=_text(config, "baseurl").strip("/") and "/" + _text(config, "baseurl").strip("/"),
        liquid="interaxion_export" not in config,  # our own trees say that they hold none
    )
    dates = sorted(filter(None, map(day_in_name, site.all_names)))
    return replace(
        inputs,
        site=replace(jekyll, posts=dict(_post_addresses(site, jekyll, permalink))),
        permalink=permalink,
        language="en" if _text(config, "lang").startswith("en") else "ja",
        undated_at=_first_day(dates) if dates else inputs.publish_at,
        navigation=_navigation(site),
        files=SiteFiles((name.removeprefix(site.root) for name in site.all_names), site.read),
    )


def config_of(site: Site) -> dict[str, Any]:
    config = _read_data(site, "_config.yml")
    return config if isinstance(config, dict) else {}


def _post_addresses(site: Site, jekyll: JekyllSite, permalink: str) -> Iterator[tuple[str, str]]:
    """`2020-12-18-blog` → `/blog/2020`, for the tag `post_url`; a post that cannot be read has none."""
    posts = {
        name: site.source.read(name)
        for name in site.all_names
        if day_in_name(name) and name.endswith(DOCUMENT_SUFFIXES)
    }
    if not any(b"post_url" in data for data in posts.values()):
        return
    for name, data in posts.items():
        try:
            post = read_post(parse_document(name, data), site=jekyll, permalink=permalink)
        except SourceError:
            continue
        yield PurePosixPath(name).stem, post.path or post.old_path


def _navigation(site: Site) -> tuple[str, ...] | None:
    """The pages that the old site's navigation showed; None where every page was shown."""
    items = _read_data(site, "_data/nav_bar_items.yml")
    if not isinstance(items, list):
        return None
    return tuple(_text(item, "url").strip("/") for item in items if isinstance(item, dict))


def _read_data(site: Site, name: str) -> Any:
    """What the file holds; None where there is none, or none that can be read."""
    try:
        return parse_data(site.root + name, site.read(name)) if site.root + name in site.all_names else None
    except SourceError:
        return None


def _text(mapping: dict[str, Any], key: str) -> str:
    value = mapping.get(key, "")
    return value.strip() if isinstance(value, str) else ""


def _first_day(days: list[str]) -> datetime | None:
    for day in days:
        try:
            return datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=TOKYO)
        except ValueError:
            continue
    return None

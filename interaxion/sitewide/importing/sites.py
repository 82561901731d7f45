"""The Jekyll sites inside what is imported: which file belongs to which, and what each says of itself."""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from episodes.models import Podcast
from interaxion.content.importing.inputs import ImportInputs, Place
from interaxion.content.importing.jekyll_config import JekyllConfig
from interaxion.content.importing.links import DOCUMENT_SUFFIXES
from interaxion.content.importing.site_files import SiteFiles
from interaxion.sitewide.importing.source import SITE_MARKS, ImportSource
from interaxion.text.front_matter.parsing import SourceDocument, parse_data, parse_document
from interaxion.text.jekyll.dates import TOKYO
from interaxion.text.jekyll.keys import day_in_name
from interaxion.text.jekyll.permalinks import path_of_page
from interaxion.text.kramdown import JekyllSite
from interaxion.text.source_errors import SourceError
from posts.reading import read_post

#: What names a document by its address or by where it lies.
_NAMES_DOCUMENTS = re.compile(rb"\{%-?\s*(?:post_url|link)\s|\.(?:md|markdown|mkd|html)[)#\"'>\s]")


@dataclass(frozen=True)
class Site:
    """One Jekyll site, or a folder that is none; `root` is "" or ends with a slash."""

    root: str
    is_jekyll: bool
    source: ImportSource
    config: JekyllConfig
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
            is_in_site=self.is_jekyll,
            is_site_root=self.is_jekyll and name.removeprefix(self.root) == PurePosixPath(name).name,
            others=documents,
        )

    def read(self, name: str) -> bytes:
        return self.source.read(self.root + name)

    def document(self, name: str) -> SourceDocument:
        """The file, with what `defaults:` of `_config.yml` says of it. Raises SourceError."""
        document = replace(parse_document(name, self.source.read(name)), zone=self.config.zone)
        defaults = self.config.defaults_for(name.removeprefix(self.root)) if document.has_front_matter else {}
        return replace(document, meta=defaults | document.meta) if defaults else document


def find_sites(source: ImportSource) -> list[Site]:
    roots = _roots(source)
    by_length = sorted(roots, key=len, reverse=True)

    def root_of(name: str) -> str:
        return next(root for root in by_length if name.startswith(root))

    marked = {root_of(name) for name in source.all_names if set(PurePosixPath(name).parts) & set(SITE_MARKS)}
    sites = []
    for root in sorted(roots):
        data = _read_data(source, f"{root}_config.yml")
        config = JekyllConfig(data if isinstance(data, dict) else {})
        given, there = ([name for name in each if root_of(name) == root] for each in (source.names, source.all_names))
        read, all_names = ([name for name in each if config.reads(name.removeprefix(root))] for each in (given, there))
        # What somebody names by itself is meant, wherever it lies.
        sites.append(Site(root, root in marked, source, config, tuple(read or given), tuple(all_names)))
    return sites


def _roots(source: ImportSource) -> set[str]:
    """The topmost folders of sites. `blog/_posts/` in a site with a `_config.yml` is that site's category `blog`."""
    roots = {""}
    for name in source.all_names:
        parts = PurePosixPath(name).parts
        roots |= {"".join(f"{part}/" for part in parts[:i]) for i, part in enumerate(parts) if part in SITE_MARKS}
    configured = {root for root in roots if f"{root}_config.yml" in source.all_names}
    inside = {root for root in roots - configured if any(root.startswith(site) for site in configured)}
    return (roots - inside) | {""}


def own_hosts_of(sites: list[Site], site_url: str, *, is_demo: bool = False) -> frozenset[str]:
    """The hosts whose pages become pages of this site: those of all that is imported together, and the former ones.

    A site that did not begin at the root of its host is named with its path: `us.github.io/waves`.
    """
    configs = [site.config for site in sites if site.config.text("url")]
    addresses = [site_url, *(config.text("url") + config.base for config in configs)]
    addresses += [] if is_demo else Podcast.current().former_sites
    parts = [urlsplit(address) for address in addresses if address]
    return frozenset(part.netloc.lower() + part.path.rstrip("/") for part in parts)


def inputs_of(site: Site, inputs: ImportInputs) -> ImportInputs:
    """The run's inputs with what this site adds to them; a `_config.yml` that cannot be read fails on its own."""
    config = site.config
    jekyll = JekyllSite(
        url=config.text("url"),
        baseurl=config.base,
        parses_html=config.parses_html,
        liquid="interaxion_export" not in config.data,  # our own trees say that they hold none
    )
    dates = sorted(filter(None, map(day_in_name, site.all_names)))
    return replace(
        inputs,
        site=replace(jekyll, posts=dict(_addresses(site, jekyll))),
        permalink=config.pattern_for("_posts/x"),
        language="en" if config.text("lang").startswith("en") else "ja",
        undated_at=_first_day(dates) if dates else inputs.publish_at,
        navigation=_navigation(site),
        files=SiteFiles((name.removeprefix(site.root) for name in site.all_names), site.read),
    )


def _addresses(site: Site, jekyll: JekyllSite) -> Iterator[tuple[str, str]]:
    """What the tags `post_url` and `link` name: `2020-12-18-blog` → `/blog/2020`, `about.md` → `/about/`.

    Relative links name files too. A document that cannot be read has no address.
    """
    documents = {}
    for name in site.all_names:
        if name.endswith(DOCUMENT_SUFFIXES):
            with suppress(SourceError):
                documents[name] = site.source.read(name)
    if not any(map(_NAMES_DOCUMENTS.search, documents.values())):
        return
    for name, data in documents.items():
        with suppress(Exception):  # it says so itself when its turn comes
            document = replace(parse_document(name, data), zone=site.config.zone)
            in_site = name.removeprefix(site.root)
            if day_in_name(name):
                pattern, folders = site.config.pattern_for(in_site), site.place(name).folders
                post = read_post(document, site=jekyll, permalink=pattern, folders=folders)
                path = post.path or post.old_path
                yield PurePosixPath(name).stem, path
            else:
                path = path_of_page(document, in_site, site.config.pattern_for(in_site))
            yield in_site, path


def _navigation(site: Site) -> tuple[str, ...] | None:
    """The pages that the old site's navigation showed; None where every page was shown."""
    items = _read_data(site.source, f"{site.root}_data/nav_bar_items.yml")
    if not isinstance(items, list):
        return None
    return tuple(JekyllConfig(item).text("url").strip("/") for item in items if isinstance(item, dict))


def _read_data(source: ImportSource, name: str) -> Any:
    """What the file holds; None where there is none, or none that can be read."""
    try:
        return parse_data(name, source.read(name)) if name in source.all_names else None
    except SourceError:
        return None


def _first_day(days: list[str]) -> datetime | None:
    for day in days:
        try:
            return datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=TOKYO)
        except ValueError:
            continue
    return None

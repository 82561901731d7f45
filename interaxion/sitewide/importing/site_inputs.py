"""The inputs that a site adds to those of the run: its addresses, hosts, language, dates, navigation and files."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, tzinfo
from functools import cache
from pathlib import PurePosixPath
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.utils.functional import SimpleLazyObject

from episodes.models import Podcast
from interaxion.content.importing.inputs import ImportInputs
from interaxion.content.importing.jekyll_config import JekyllConfig
from interaxion.content.importing.links import DOCUMENT_SUFFIXES
from interaxion.content.importing.site_files import SiteFiles
from interaxion.content.languages import known_language
from interaxion.sitewide.importing.liquid_files import LiquidFiles
from interaxion.sitewide.importing.sites import Site, read_data
from interaxion.text.front_matter.parsing import parse_document
from interaxion.text.jekyll.keys import day_in_name
from interaxion.text.jekyll.permalinks import path_of_page
from interaxion.text.kramdown import JekyllSite
from interaxion.text.languages import language_of_text
from interaxion.text.source_errors import SourceError
from posts.reading import read_post

#: A text with such a word may refer to another document by its file.
_NAMES_DOCUMENTS = re.compile(rb"\{%-?\s*(?:post_url|link)\s|\.(?:md|markdown|mkd|html)[)#\"'>\s]")
_FRONT_MATTER = re.compile(r"\A\ufeff?---\s*\n.*?\n---\s*\n", re.DOTALL)


def own_hosts_of(sites: list[Site], site_url: str, *, is_demo: bool = False) -> frozenset[str]:
    """The hosts whose pages become pages of this site: those of all that is imported together, and the former ones.

    A site that did not begin at the root of its host is named with its path: `us.github.io/waves`.
    """
    configs = [site.config for site in sites if site.config.text("url")]
    addresses = [site_url, *(config.text("url") + config.base for config in configs)]
    if not is_demo:
        addresses += Podcast.current().former_sites
    parts = [urlsplit(address) for address in addresses if address]
    return frozenset(part.netloc.lower() + part.path.rstrip("/") for part in parts)


def inputs_of(site: Site, inputs: ImportInputs) -> ImportInputs:
    """The run's inputs with those of the site; an unreadable `_config.yml` reports its own error as a file."""
    config = site.config
    liquid_files = LiquidFiles(site)
    jekyll = JekyllSite(
        url=config.text("url"),
        baseurl=config.base,
        parses_html=config.parses_html,
        liquid=not config.is_ours,
        config=config.data,
        data=liquid_files.data,
        include=liquid_files.include,
    )
    dates = sorted(filter(None, map(day_in_name, site.all_names)))
    return replace(
        inputs,
        site=replace(jekyll, posts=SimpleLazyObject(lambda: dict(_addresses(site, jekyll)))),
        permalink=config.pattern_for("_posts/x"),
        zone=site.zone or site.home_zone,
        language=known_language(config.text("lang") or config.text("locale")),
        likely_language=cache(lambda: _language_of_most(site)),
        undated_at=_first_day(dates, ZoneInfo(site.zone or site.home_zone)) if dates else inputs.publish_at,
        navigation=_navigation(site),
        audio_folder=config.audio_folder,
        people={short: str(person["name"]).strip() for short, person in config.people.items()},
        liquid_digest=lambda: liquid_files.digest,
        files=SiteFiles((name.removeprefix(site.root) for name in site.all_names), site.read),
    )


def _addresses(site: Site, jekyll: JekyllSite) -> Iterator[tuple[str, str]]:
    """Yield the names by which documents refer to each other (`post_url`, `link`, relative links), and the addresses.

    `2020-12-18-blog` → `/blog/2020`, `about.md` → `/about/`. A document that cannot be read has no address.
    """
    documents = {}
    for name in site.all_names:
        if name.endswith(DOCUMENT_SUFFIXES):
            with suppress(SourceError):
                documents[name] = site.source.read(name)
    if not any(map(_NAMES_DOCUMENTS.search, documents.values())):
        return
    for name, data in documents.items():
        with suppress(Exception):  # reported when the document is imported
            document = replace(parse_document(name, data), zone=site.zone, home_zone=site.home_zone)
            in_site = name.removeprefix(site.root)
            if day_in_name(name):
                pattern, folders = site.config.pattern_for(in_site), site.place(name).folders
                post = read_post(document, site=jekyll, permalink=pattern, folders=folders)
                path = post.path or post.old_path
                yield PurePosixPath(name).stem, path
            else:
                path = path_of_page(document, in_site, site.config.pattern_for(in_site))
            yield in_site, path


def _language_of_most(site: Site) -> str:
    """Return the language of most texts of the site; "" if none tells its own."""
    languages: Counter[str] = Counter()
    for name in site.names:
        if name.endswith(DOCUMENT_SUFFIXES):
            with suppress(SourceError):
                text = site.source.read(name).decode(errors="replace")
                languages[language_of_text(_FRONT_MATTER.sub("", text))] += 1
    languages.pop("", None)
    return max(languages, key=languages.__getitem__, default="")


def _navigation(site: Site) -> tuple[str, ...] | None:
    """The paths of the pages in the old site's navigation; None if it has no list, so that every page is shown."""
    items = read_data(site.source, f"{site.root}_data/nav_bar_items.yml")
    if not isinstance(items, list):
        return None
    return tuple(JekyllConfig(item).text("url").strip("/") for item in items if isinstance(item, dict))


def _first_day(days: list[str], zone: tzinfo) -> datetime | None:
    for day in days:
        try:
            return datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=zone)
        except ValueError:
            continue
    return None

"""A Hugo site: `content/` and `static/` beside the configuration.

https://gohugo.io/getting-started/directory-structure/
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import PurePosixPath
from typing import Any

from interaxion.content.importing.links import DOCUMENT_SUFFIXES, FILE_SUFFIXES
from interaxion.sitewide.importing.kinds.hugo_documents import HugoPage, front_matter_of
from interaxion.sitewide.importing.kinds.translated import TranslatedDocument, TranslatedSource
from interaxion.sitewide.importing.sources.source import ImportSource
from interaxion.text.front_matter.parsing import HTML_SUFFIXES
from interaxion.text.html_markdown import to_markdown
from interaxion.text.hugo.addresses import is_section_page
from interaxion.text.hugo.front_matter import HugoDocument, parse_hugo_data, parse_hugo_document
from interaxion.text.hugo.shortcodes import Shortcodes
from interaxion.text.source_errors import Note, SourceError, gettext_noop

_ENDINGS = (".toml", ".yaml", ".yml", ".json")
#: The configuration, in the order in which Hugo looks for it.
CONFIGS = tuple(
    f"{folder}{stem}{ending}"
    for folder in ("", "config/_default/")
    for stem in ("hugo", "config")
    for ending in _ENDINGS
)
CONTENT, STATIC = "content/", "static/"
#: Other formats that Hugo has a reader for.
OTHER_FORMATS = (".adoc", ".asciidoc", ".org", ".rst", ".pandoc", ".pdc")


def find_root(source: ImportSource) -> str | None:
    """Return the folder of a Hugo site, "" or with a slash at its end; None if there is none."""
    names = set(source.all_names)
    roots = sorted(
        {name.removesuffix(end) for name in names for end in CONFIGS if f"/{name}".endswith(f"/{end}")}, key=len
    )
    for root in roots:
        has_content = any(name.startswith(root + CONTENT) for name in names)
        if has_content and f"{root}_config.yml" not in names:
            return root
    return None


def translate(source: ImportSource) -> TranslatedSource:
    site = HugoSite(source, find_root(source) or "")
    return TranslatedSource(
        source,
        config=site.our_config,
        config_name=site.config_name,
        documents={name: partial(site.translate, name) for name in site.documents if not site.is_bare_list(name)},
        files=site.files,
        left_out=site.left_out,
        problems=site.problems,
    )


@dataclass
class HugoSite:
    source: ImportSource
    root: str
    documents: dict[str, HugoDocument] = field(default_factory=dict)  # by their names within `content/`
    originals: dict[str, str] = field(default_factory=dict)  # the names of the documents on the disk
    files: dict[str, str] = field(default_factory=dict)
    left_out: list[tuple[str, Note]] = field(default_factory=list)
    problems: list[SourceError] = field(default_factory=list)

    def __post_init__(self) -> None:
        has_content = any(name.startswith(self.root + CONTENT) for name in self.source.all_names)
        for name in self.source.all_names:
            in_site = name.removeprefix(self.root)
            if not name.startswith(self.root) or (has_content and not in_site.startswith((CONTENT, STATIC, "assets/"))):
                continue
            self._take(name, in_site)

    def _take(self, name: str, in_site: str) -> None:
        ours, suffix = in_site.removeprefix(CONTENT).removeprefix(STATIC), PurePosixPath(name).suffix.lower()
        if suffix in OTHER_FORMATS and in_site.startswith(CONTENT):
            message = gettext_noop("neither Markdown nor HTML: save its text as a .md file with the same front matter")
            self.left_out.append((name, Note(1, message)))
        elif suffix in (*DOCUMENT_SUFFIXES, *HTML_SUFFIXES) and not in_site.startswith((STATIC, "assets/")):
            try:
                ours = str(PurePosixPath(ours).with_suffix(".md"))
                self.documents[ours] = parse_hugo_document(name, self.source.read(name))
                self.originals[ours] = name
            except SourceError as problem:
                self.problems.append(problem)
        elif suffix in FILE_SUFFIXES:
            self.files.setdefault(ours, name)

    @cached_property
    def config_name(self) -> str:
        return next((self.root + end for end in CONFIGS if self.root + end in self.source.all_names), "")

    @cached_property
    def config(self) -> dict[str, Any]:
        """The configuration, its keys in lower case as Hugo reads them."""
        try:
            return _lowered(parse_hugo_data(self.config_name, self.source.read(self.config_name)))
        except SourceError as problem:
            if self.config_name:
                self.problems.append(problem)
            return {}

    @cached_property
    def parameters(self) -> Mapping[str, Any]:
        found = self.config.get("params")
        return found if isinstance(found, dict) else {}

    @property
    def our_config(self) -> dict[str, Any]:
        language = self.config.get("languagecode") or self.config.get("defaultcontentlanguage") or ""
        return {
            "title": self.config.get("title"),
            "description": self.parameters.get("description") or self.config.get("description"),
            "url": str(self.config.get("baseurl", "")).rstrip("/")
            if "//" in str(self.config.get("baseurl", ""))
            else "",
            "lang": str(language)[:2].lower(),
            "timezone": self.config.get("timezone"),
        }

    @cached_property
    def pages(self) -> dict[str, HugoPage]:
        patterns = self.config.get("permalinks", {})
        patterns = patterns.get("page", patterns) if isinstance(patterns, dict) else {}
        is_ugly = self.config.get("uglyurls") == "true"
        return {
            name: HugoPage.of(
                name, document, patterns=patterns, zone=str(self.config.get("timezone", "")), is_ugly=is_ugly
            )
            for name, document in self.documents.items()
        }

    @cached_property
    def _by_words(self) -> dict[str, list[str]]:
        """The pages by each name that a reference may call them."""
        called: dict[str, list[str]] = {}
        for name, page in self.pages.items():
            path = PurePosixPath(name)
            place = path.parent if path.stem in ("index", "_index") else path.with_suffix("")
            for word in {name, str(path.with_suffix("")), str(place), place.name, path.name}:
                called.setdefault(word, []).append(page.address)
        return called

    def find_page(self, named: str, folder: PurePosixPath) -> str | None:
        """Return the address of the page that a `ref` in this folder calls so; None if no page or several are."""
        for spelled in (str(folder / named), named):
            if len(found := set(self._by_words.get(spelled.strip("/").removesuffix("/"), []))) == 1:
                return found.pop()
        return None

    def is_bare_list(self, name: str) -> bool:
        """Whether it is the front matter of a list alone: this site makes such lists itself."""
        return is_section_page(name) and not self.documents[name].body.strip()

    def translate(self, name: str) -> TranslatedDocument:
        page, document = self.pages[name], self.documents[name]
        shortcodes = Shortcodes(
            find_page=partial(self.find_page, folder=PurePosixPath(name).parent),
            parameter=self._parameter_of(document),
            first_line=document.body_line,
        )
        body = shortcodes.rewrite(document.body)
        if self.originals[name].endswith(HTML_SUFFIXES):
            body = to_markdown(body)
        meta, notes = front_matter_of(page, document)
        notes = (*document.notes, *notes, *shortcodes.notes)
        return TranslatedDocument(meta, body, notes, self.originals[name], document.body_line)

    def _parameter_of(self, document: HugoDocument) -> Callable[[str], str | None]:
        def parameter(name: str) -> str | None:
            for values in (_lowered(document.meta), self.parameters):
                if isinstance(value := values.get(name.lower()), str):
                    return value
            return None

        return parameter


def _lowered(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key.lower(): _lowered(value) if isinstance(value, dict) and key.lower() == "params" else value
        for key, value in data.items()
    }

"""A Hugo site: `content/`, `static/` and `assets/` beside the configuration.

https://gohugo.io/getting-started/directory-structure/
"""

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import PurePosixPath

from interaxion.content.importing.links import DOCUMENT_SUFFIXES, FILE_SUFFIXES
from interaxion.sitewide.importing.kinds.hugo.config import CONFIGS, CONTENT, HugoConfig, find_root
from interaxion.sitewide.importing.kinds.hugo.documents import HugoPage, front_matter_of, people_of
from interaxion.sitewide.importing.kinds.hugo.references import find_page, names_of_pages
from interaxion.sitewide.importing.kinds.translated import TranslatedDocument, TranslatedSource
from interaxion.sitewide.importing.sources.source import ImportSource
from interaxion.text.front_matter.parsing import HTML_SUFFIXES
from interaxion.text.html_markdown import to_markdown
from interaxion.text.hugo.front_matter import HugoDocument, parse_hugo_document
from interaxion.text.hugo.shortcodes import Shortcodes
from interaxion.text.source_errors import Note, SourceError, gettext_noop

STATIC, ASSETS = "static/", "assets/"
#: Other formats that Hugo has a reader for.
OTHER_FORMATS = (".adoc", ".asciidoc", ".org", ".rst", ".pandoc", ".pdc")


def translate(source: ImportSource) -> TranslatedSource:
    site = HugoSite(source, find_root(source) or "")
    return TranslatedSource(
        source,
        config=site.config.as_ours | {"actors": people_of(site.documents)},
        config_name=site.config.name,
        documents={name: partial(site.translate, name) for name in site.documents if not site.is_bare(name)},
        files=site.files,
        navigation=site.navigation,
        left_out=site.left_out,
        problems=site.problems,
    )


class HugoSite:
    def __init__(self, source: ImportSource, root: str) -> None:
        self.source, self.root = source, root
        self.documents: dict[str, HugoDocument] = {}  # by their names within `content/`
        self.originals: dict[str, str] = {}  # the names of the documents on the disk
        self.files: dict[str, str] = {}
        self.left_out: list[tuple[str, Note]] = []
        self.problems: list[SourceError] = []
        self.config = self._read_config()
        has_content = any(name.startswith(root + CONTENT) for name in source.all_names)
        for name in source.all_names:
            in_site = name.removeprefix(root)
            if name.startswith(root) and (not has_content or in_site.startswith((CONTENT, STATIC, ASSETS))):
                self._take(name, in_site)

    def _read_config(self) -> HugoConfig:
        name = next((self.root + end for end in CONFIGS if self.root + end in self.source.all_names), "")
        try:
            return HugoConfig.read(self.source, name) if name else HugoConfig()
        except SourceError as problem:
            self.problems.append(problem)
            return HugoConfig(name)

    def _take(self, name: str, in_site: str) -> None:
        ours, suffix = in_site.removeprefix(CONTENT).removeprefix(STATIC), PurePosixPath(name).suffix.lower()
        if suffix in OTHER_FORMATS and in_site.startswith(CONTENT):
            message = gettext_noop("neither Markdown nor HTML: save its text as a .md file with the same front matter")
            self.left_out.append((name, Note(1, message)))
        elif suffix in (*DOCUMENT_SUFFIXES, *HTML_SUFFIXES) and not in_site.startswith((STATIC, ASSETS)):
            ours = str(PurePosixPath(ours).with_suffix(".md"))
            try:
                self.documents[ours] = parse_hugo_document(name, self.source.read(name))
                self.originals[ours] = name
            except SourceError as problem:
                self.problems.append(problem)
        elif suffix in FILE_SUFFIXES:
            self.files.setdefault(ours, name)

    @cached_property
    def pages(self) -> dict[str, HugoPage]:
        return {name: HugoPage.of(name, document, self.config) for name, document in self.documents.items()}

    @property
    def navigation(self) -> list[str]:
        """The menu, else the pages at the top of the site."""
        top = [page.address for name, page in self.pages.items() if "/" not in name and page.address != "/"]
        return [*self.config.menu, *(page.address for page in self.pages.values() if page.is_in_menu)] or top

    @cached_property
    def _called(self) -> dict[str, set[str]]:
        return names_of_pages({name: page.address for name, page in self.pages.items()})

    def is_bare(self, name: str) -> bool:
        """Whether it is a page without text, such as of a list or a search: this site makes such pages itself."""
        document, page = self.documents[name], self.pages[name]
        return not document.body.strip() and front_matter_of(page, document)[0]["layout"] == "page"

    def translate(self, name: str) -> TranslatedDocument:
        document = self.documents[name]
        shortcodes = Shortcodes(
            find_page=partial(find_page, self._called, folder=PurePosixPath(name).parent),
            parameter=self._parameter_of(document),
            first_line=document.body_line,
        )
        body = shortcodes.rewrite(document.body)
        if self.originals[name].lower().endswith(HTML_SUFFIXES):
            body = to_markdown(body)
        meta, notes = front_matter_of(self.pages[name], document)
        notes = (*document.notes, *notes, *shortcodes.notes)
        return TranslatedDocument(meta, body, notes, self.originals[name], document.body_line)

    def _parameter_of(self, document: HugoDocument) -> Callable[[str], str | None]:
        def parameter(name: str) -> str | None:
            for values in (document.meta, self.config.parameters):
                if isinstance(value := values.get(name.lower()), str):
                    return value
            return None

        return parameter

"""Plain pages of a Jekyll site into rows. Pages that only list others are skipped: this site makes its own."""

import re
from html import unescape
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.utils import timezone

from episodes.feed.podcast_apps import find_show_pages
from episodes.models import Podcast
from interaxion.content import paths
from interaxion.content.importing.document_import import DocumentImport
from interaxion.content.importing.inputs import Claim, ImportInputs, Place
from interaxion.content.importing.outcome import Action, Outcome
from interaxion.content.importing.saving import decide, save_imported
from interaxion.sitewide.importing.page_addresses import OWN_PAGES, address_on_old_site
from interaxion.sitewide.importing.rows import is_untouched, remember_row
from interaxion.sitewide.models import Page
from interaxion.sitewide.pages.letters import ADDRESS
from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.jekyll.keys import date_of, is_draft, line_of, text_of, unknown_keys, unknown_layout
from interaxion.text.jekyll.titles import title_of_slug
from interaxion.text.kramdown import rewrite
from interaxion.text.markdown import render
from interaxion.text.source_errors import Note, gettext_noop

LAYOUTS = ("default", "page")
#: A page in HTML with such a loop lists the posts or pages of the site.
_LISTS = re.compile(r"\{%-?\s*for\s+\w+\s+in\s+(?:site|paginator)\b")
#: Layouts that list other pages; layouts that end in `_home` or `_index` do, too.
INDEX_LAYOUTS = ("home", "starring", "tags", "categories", "archive", "search")
#: The form of another site cannot send to this one: without its fields only labels would be left.
_FORM = re.compile(r"<form\b.*?</form>[ \t]*\n?", re.DOTALL | re.IGNORECASE)
KNOWN_KEYS = frozenset({
    "layout", "title", "permalink", "excerpt", "description", "lang", "language", "date", "published",
})  # fmt: skip


def claims(document: SourceDocument, place: Place) -> Claim:
    if "layout" in document.meta:
        is_page = document.meta["layout"] in LAYOUTS or _is_index(document)
        return Claim.LAYOUT if is_page else _claim_of_place(document, place)
    is_placed = "permalink" in document.meta and not place.is_dated
    return Claim.KEYS if is_placed else _claim_of_place(document, place)


def _claim_of_place(document: SourceDocument, place: Place) -> Claim:
    """Anything else with front matter in a Jekyll site is a page of it; so is an index of folders with an index."""
    if place.is_hub and not place.is_dated:
        return Claim.FOLDER
    is_published = place.is_in_site and document.has_front_matter and not place.is_dated
    return Claim.SITE if is_published else Claim.NONE


def import_document(document: SourceDocument, place: Place, inputs: ImportInputs) -> Outcome:
    address = address_on_old_site(document, place, inputs)
    is_front, path = paths.is_front_page(address.old), address.path
    if _lists_pages(document) and not (is_front and document.body.strip() and not _LISTS.search(document.body)):
        return _skip_list(document)
    inputs.take(document.name, paths.normalise(path), line_of(document, "permalink"))
    page = _find(path)
    if page is None:
        try:
            paths.validate_path(path, Page(path=path))
            is_own = paths.normalise(path) in OWN_PAGES
        except ValidationError as problem:
            if problem.code != "path_reserved":
                raise
            is_own = True
        if is_own:
            message = gettext_noop("this site has a page of its own at %(path)s")
            return _skip(document, "permalink", message, path=path)
        is_listed = inputs.navigation is None or path.strip("/") in inputs.navigation
        page = Page(path=path, in_navigation=is_listed and not is_front, position=_position(path, inputs))
    if done := decide(page, document, inputs):
        return done
    extra, unknown = unknown_keys(document, KNOWN_KEYS)
    job = DocumentImport(document, inputs, extra=extra)
    # A page is not news: it is published even if nothing gives it a date.
    fallback = page.publish_at or inputs.undated_at or timezone.now()
    job.read_status(date=date_of(document), is_draft=is_draft(document), fallback=fallback)
    body = rewrite(
        document.body, first_line=document.body_line, site=inputs.site, meta=document.meta, is_html=document.is_html
    )
    job.warnings += [*unknown_layout(document, *LAYOUTS), *unknown, *body.notes]
    job.store_files()
    job.old_paths += address.others
    page.title = _title(document, is_front=is_front)
    page.path = path
    page.body = inputs.links.rewrite(body.text)
    _leave_form_out(page, job)
    page.summary = inputs.links.rewrite(text_of(document, "excerpt") or text_of(document, "description"))
    page.language = job.read_language("lang", "language", otherwise=address.language)
    _take_show_pages(page, job)
    return save_imported(page, job)


def _title(document: SourceDocument, *, is_front: bool) -> str:
    """Return the title, else the first heading, else that of the show for its front page, else the file's name."""
    if title := text_of(document, "title") or _first_heading(document):
        return title
    if is_front:
        return Podcast.current().title
    name = PurePosixPath(document.name)
    return title_of_slug(name.parent.name if name.stem == "index" else name.stem)


def _skip_list(document: SourceDocument) -> Outcome:
    message = gettext_noop("it lists other pages: this site makes such pages itself")
    if layout := document.meta.get("layout") if not _LISTS.search(document.body) else "":
        message = gettext_noop("the layout %(layout)s lists other pages: this site makes such pages itself")
    return _skip(document, "layout", message, layout=layout or "")


def _skip(document: SourceDocument, key: str, message: str, **params: object) -> Outcome:
    return Outcome(document.name, Action.SKIPPED, "", (Note(line_of(document, key), message, params),))


def _leave_form_out(page: Page, job: DocumentImport) -> None:
    """Remove the form of the old site from the page on which this site has its own."""
    document = job.document
    if paths.normalise(page.path) == paths.normalise(ADDRESS) and (form := _FORM.search(document.body)):
        page.body = _FORM.sub("", page.body)
        line = document.body_line + document.body.count("\n", 0, form.start())
        job.warn(line, gettext_noop("the old form is left out: this site has one of its own here"))


def _take_show_pages(page: Page, job: DocumentImport) -> None:
    """Take the apps that the page links to as those of the show, if nobody has entered any."""
    podcast = Podcast.objects.first()
    links = render(page.body, "post").outline.links if podcast and not podcast.subscribe_links else ()
    pages = find_show_pages(link.url for link in links)
    if not podcast or not pages:
        return
    was_untouched = is_untouched(podcast)
    podcast.subscribe_links = pages
    podcast.save()
    if was_untouched:
        remember_row(podcast, job.inputs.taken.get("podcast", ""), is_demo=job.inputs.is_demo)
    message = gettext_noop("the front page takes from this page where the show can be heard: %(count)s apps")
    job.warn(1, message, count=len(pages))


def _lists_pages(document: SourceDocument) -> bool:
    is_list = document.is_html and (_LISTS.search(document.body) or not document.body.strip())
    return bool(is_list) or _is_index(document) or _has_only_a_layout(document)


def _is_index(document: SourceDocument) -> bool:
    layout = document.meta.get("layout")
    return isinstance(layout, str) and (layout in INDEX_LAYOUTS or layout.endswith(("_home", "_index")))


def _has_only_a_layout(document: SourceDocument) -> bool:
    return not document.body.strip() and text_of(document, "layout") not in ("", *LAYOUTS)


def _find(path: str) -> Page | None:
    row = paths.find_path(path)
    return row.target if row and isinstance(row.target, Page) else None


def _position(path: str, inputs: ImportInputs) -> int:
    listed = inputs.navigation or ()
    return listed.index(path.strip("/")) if path.strip("/") in listed else len(listed)


def _first_heading(document: SourceDocument) -> str:
    if document.is_html:
        heading = re.search(r"<h([12])\b[^>]*>(?P<text>.*?)</h\1\s*>", document.body, re.DOTALL | re.IGNORECASE)
        return unescape(re.sub(r"<[^>]*>|\s+", " ", heading["text"])).strip() if heading else ""
    heading = re.search(r"^#{1,2}[ \t]+(?P<text>.+?)[ \t#]*\r?$", document.body, re.MULTILINE)
    return heading["text"] if heading else ""

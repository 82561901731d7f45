"""The app that a document belongs to: each app claims it more or less strongly, and the strongest claim wins."""

import re
from pathlib import PurePosixPath
from types import ModuleType

import courses.importing
import episodes.importing.documents
import posts.importing
from episodes.title_numbers import split_number
from interaxion.content.importing.inputs import Claim, Place
from interaxion.content.importing.links import DOCUMENT_SUFFIXES
from interaxion.sitewide.importing import pages
from interaxion.sitewide.importing.sites import Site
from interaxion.text.front_matter.parsing import HTML_SUFFIXES, SourceDocument
from interaxion.text.jekyll.keys import line_of
from interaxion.text.source_errors import Note, Option, SourceError, Subject, gettext_noop

#: In the order of the import: a post may refer to an episode, a page to a post.
APPS: tuple[ModuleType, ...] = (episodes.importing.documents, posts.importing, courses.importing, pages)
LAYOUTS = tuple(layout for app in APPS for layout in app.LAYOUTS)
#: Files about a repository. With front matter Jekyll makes a page of one, such as the licence.
ABOUT_FILES = re.compile(r"(?:README|LICEN[CS]E|CONTRIBUTING|CHANGELOG|PROJECT_COMPLETION)\b", re.IGNORECASE)


def is_document(name: str, site: Site) -> bool:
    """Whether to import it as a document; a single file always is one, whatever its name."""
    if site.source.names == [name]:
        return True
    path = PurePosixPath(name)
    if path.suffix.lower() in DOCUMENT_SUFFIXES and not ABOUT_FILES.match(path.name):
        return True
    is_perhaps = path.suffix.lower() in (*DOCUMENT_SUFFIXES, *HTML_SUFFIXES) and site.is_jekyll
    return is_perhaps and site.has_front_matter(name)


def hints_of(document: SourceDocument, app: ModuleType) -> tuple[Note, ...]:
    """Return a note on a post that looks like an episode: a number in its title makes none."""
    title = document.meta.get("title")
    if app is not posts.importing or not isinstance(title, str) or title[:1].isdigit() or not split_number(title):
        return ()
    message = gettext_noop(
        "the title looks like that of an episode, but nothing says what its sound is, so it is a post: "
        "%(option)s says which folder holds episodes"
    )
    return (Note(line_of(document, "title"), message, {"option": Option.EPISODES}, Subject.SOUND),)


def find_claimants(document: SourceDocument, place: Place) -> tuple[Claim, list[ModuleType]]:
    """Return the strongest claim and the apps that make it, which are all if nobody recognises the document."""
    claims = [(app.claims(document, place), app) for app in APPS]
    strongest = max(claim for claim, _app in claims)
    return strongest, [app for claim, app in claims if claim == strongest]


def find_app(document: SourceDocument, place: Place) -> tuple[ModuleType, Claim]:
    """Return the app with the strongest claim. Raises SourceError if no app or more than one makes it."""
    strongest, claimants = find_claimants(document, place)
    if strongest is not Claim.NONE and len(claimants) == 1:
        return claimants[0], strongest
    if strongest is not Claim.NONE:
        message = gettext_noop("this can be read as more than one kind of file")
    elif "layout" in document.meta:
        message = gettext_noop("nobody knows the layout %(layout)s")
    else:
        message = gettext_noop("nothing says what kind of file this is")
    raise SourceError(
        document.name,
        line_of(document, "layout"),
        message,
        gettext_noop("write a layout into its front matter: %(layouts)s"),
        layout=document.meta.get("layout", ""),
        layouts=", ".join(LAYOUTS),
    )

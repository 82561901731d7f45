"""Posts of a Jekyll site into rows."""

from datetime import datetime
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.utils import timezone

from episodes.people.speakers import find_or_make_speakers
from interaxion.content import paths
from interaxion.content.files.picture_encoding import LONGEST_SIDE
from interaxion.content.importing.document_import import DocumentImport
from interaxion.content.importing.editions import edition_path, split_language
from interaxion.content.importing.inputs import Claim, ImportInputs, Place
from interaxion.content.importing.outcome import Outcome
from interaxion.content.importing.saving import decide, explain, imports_of, save_imported
from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.jekyll.keys import day_in_name, line_of
from interaxion.text.source_errors import gettext_noop
from posts.models import GLOSSARY, Category, Post
from posts.reading import LAYOUTS, PostSource, read_post

#: Slug → name of the categories of the old site; any other keeps the name as written.
CATEGORY_NAMES = {"blog": "Blog", "courrier": "Courrier", GLOSSARY: "キーワード"}


def claims(document: SourceDocument, place: Place) -> Claim:
    if "layout" in document.meta:
        other = Claim.FOLDER if place.is_dated and place.is_in_site else Claim.NONE
        return Claim.LAYOUT if document.meta["layout"] in LAYOUTS else other
    if "categories" in document.meta:
        return Claim.KEYS
    return Claim.FOLDER if place.is_dated else Claim.NONE


def import_document(document: SourceDocument, place: Place, inputs: ImportInputs) -> Outcome:
    source = read_post(document, site=inputs.site, permalink=inputs.permalink, folders=place.folders)
    try:
        category = _find_or_make_category(source.category)
    except ValidationError as problem:
        raise explain(document, problem) from problem
    path = _path(category, source, document, inputs)
    inputs.take(document.name, paths.normalise(path), line_of(document, "permalink"))
    post = _find(path) or Post(path=path)
    if done := decide(post, document, inputs):
        return done
    job = DocumentImport(document, inputs, extra=source.extra)
    job.read_status(date=source.date, is_draft=source.is_draft, fallback=_glossary_date(source, post, inputs))
    job.warnings += source.warnings
    job.store_files()
    job.old_paths = [
        address
        for address in (split_language(source.path)[1], source.old_path)
        if address and paths.normalise(address) != paths.normalise(path)
    ]
    post.title, post.category, post.path = source.title, category, path
    post.body, post.summary = inputs.links.rewrite(source.body), inputs.links.rewrite(source.summary)
    post.language = job.read_language("language", "lang", otherwise=split_language(source.path)[0])
    post.cover = job.keep_picture("image", source.cover, longest_side=LONGEST_SIDE) or post.cover
    post.cover_alt = source.cover_alt or post.cover_alt
    return save_imported(post, job, lambda: _write_related(post, source, job))


def _write_related(post: Post, source: PostSource, job: DocumentImport) -> None:
    authors, made = find_or_make_speakers(source.authors)
    for author in made:
        message = gettext_noop("an author of this name is made: %(name)s")
        job.warn(line_of(job.document, "authors", "author"), message, name=author.name)
    post.replace_authors(authors)
    post.tags.set(source.tags)


def _path(category: Category, source: PostSource, document: SourceDocument, inputs: ImportInputs) -> str:
    """Return the address in the file, else that by the site's own pattern, else `/blog/year-end`, with or without date.

    An address by the pattern that ends in `.html` becomes an old one. The first free one is taken.
    """
    code, rest = split_language(source.path)
    if source.path:
        return paths.as_ours(edition_path(rest, code) if code else source.path)
    path = f"/{category.slug}/{source.slug or paths.slug_of(source.title, 'post')}"
    day = day_in_name(PurePosixPath(document.name).name)
    candidates = [path]
    if source.old_path and "." not in source.old_path:
        candidates.insert(0 if inputs.permalink else 1, paths.as_ours(source.old_path))
    if day:
        candidates.append(f"{path}-{day}")
    return next((free for free in candidates if _is_free(free, source, document, inputs)), path)


def _is_free(path: str, source: PostSource, document: SourceDocument, inputs: ImportInputs) -> bool:
    return paths.can_be_spelled(path) and not _is_anothers(path, source, document, inputs)


def _is_anothers(path: str, source: PostSource, document: SourceDocument, inputs: ImportInputs) -> bool:
    """Whether another file of this run has this address, or a row that came from another file."""
    if inputs.is_anothers(document, path):
        return True
    row = paths.find_path(path)
    if row is None:
        return False
    if not isinstance(row.target, Post):
        return True
    files = [PurePosixPath(name).name for name in imports_of(row.target).values_list("name", flat=True)]
    return bool(files) and PurePosixPath(document.name).name not in files and row.target.title != source.title


def _find(path: str) -> Post | None:
    row = paths.find_path(path)
    return row.target if row and isinstance(row.target, Post) else None


def _glossary_date(source: PostSource, post: Post, inputs: ImportInputs) -> datetime | None:
    """An entry of the glossary is published without a date, and none is shown; None for other posts."""
    return (post.publish_at or inputs.undated_at or timezone.now()) if source.category == GLOSSARY else None


def _find_or_make_category(name: str) -> Category:
    slug = paths.slug_of(name, "post")
    if category := Category.objects.filter(slug=slug).first():
        return category
    category = Category(slug=slug, name=CATEGORY_NAMES.get(slug, name), position=Category.objects.count())
    category.full_clean()
    category.save()
    return category

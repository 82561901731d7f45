"""The same texts in other languages, for the files of the sitemap."""

from collections.abc import Collection, Sequence

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from interaxion.content.discovery.editions import paths_in
from interaxion.content.paths import Path, normalise
from interaxion.sitewide.sitemap.pages import ListedPage, models_by_section


def find_editions(section: str, pages: Sequence[ListedPage]) -> dict[ListedPage, dict[str, str]]:
    """Return for each page the paths of the same text in other languages, by language. At most two queries."""
    model = models_by_section().get(section)
    others = {page: [code for code, _name in settings.LANGUAGES if page.language not in ("", code)] for page in pages}
    possible = {
        page: [(code, path) for code in codes for path in paths_in(page.path, page.language, code)]
        for page, codes in others.items()
    }
    paths = {path for each in possible.values() for _code, path in each}
    languages = _languages_at(paths, model) if model and paths else {}
    return {page: {code: path for code, path in each if languages.get(path) == code} for page, each in possible.items()}


def _languages_at(paths: Collection[str], model: type[Model]) -> dict[str, str]:
    """Return the languages of the live rows of the model that have these paths, by path."""
    # The table of addresses has an index of them, the content has none.
    known = Path.objects.filter(path__in=[normalise(path) for path in paths], is_current=True)
    owners = known.values_list("content_type", "object_id")
    pks = [pk for kind, pk in owners if kind == ContentType.objects.get_for_model(model).pk]
    found = model._default_manager.live().filter(path__in=paths, pk__in=pks)
    return dict(found.values_list("path", "language")) if pks else {}

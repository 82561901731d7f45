"""The same thing in another language: its address is the same, but for the language at the end of one segment.

`/blog/tides` in the language of the site goes with `/blog/tides-en`, `/courses/waves/one/` with
`/courses/waves-en/one/`: an import writes the two languages of a course so, and whoever writes anything else may.
"""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from interaxion.content.publishing.publishable import Publishable

#: Told beside the address in the admin.
HOW_TO_PAIR = _(
    "An edition in the other language has the same address with -en at the end, such as /blog/name-en: "
    "the two pages then lead to each other."
)


def find_editions(thing: Publishable) -> list[Publishable]:
    """The live ones of the same kind in the other languages. One query."""
    others = [code for code, _name in settings.LANGUAGES if code != thing.language]
    places = {path: code for code in others for path in paths_in(thing.path, thing.language, code)}
    found = type(thing).objects.live().filter(path__in=places).only("title", "path", "language")
    return [edition for edition in found.order_by("pk") if edition.language == places[edition.path]]


def paths_in(path: str, language: str, other: str) -> list[str]:
    """Where the edition in the `other` language of what is at `path` may be."""
    segments = path.split("/")
    return [
        "/".join([*segments[:place], stem + _ending(other), *segments[place + 1 :]])
        for place, segment in enumerate(segments)
        if segment and (stem := segment.removesuffix(_ending(language))) and segment == stem + _ending(language)
    ]


def _ending(language: str) -> str:
    return "" if language == settings.LANGUAGE_CODE else f"-{language}"

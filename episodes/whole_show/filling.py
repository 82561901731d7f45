"""Filling the empty fields of the podcast with what a host's feed says of the show."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from episodes.feed.categories import CATEGORIES
from episodes.host_feed.show import HostShow
from episodes.people.speakers import find_or_make_speakers
from episodes.podcast import Podcast
from interaxion.content.languages import known_language
from interaxion.content.publishing.recorder import keep
from interaxion.text.characters import FORBIDDEN
from interaxion.text.html_markdown import to_markdown
from interaxion.text.markdown import plain_text

#: Fields that always have a value: they are taken for a new podcast only, and a difference is told.
ALWAYS_SET = ("title", "language", "is_explicit", "is_serial", "is_complete")


def fill_podcast(podcast: Podcast, show: HostShow, *, artwork: str = "") -> tuple[list[str], list[str]]:
    """Store the podcast with its empty fields filled. Returns the names of these, and notes on what is not taken.

    `artwork` is the name of the stored picture. Idempotent: a field that has a value keeps it.
    """
    keep(podcast)
    is_new = podcast._state.adding
    changed: list[str] = []
    notes = [_("the category “%(name)s” is not in Apple's list: choose another one") % {"name": name}
             for name in show.categories if name not in CATEGORIES]  # fmt: skip
    for name, value in _offered(show, artwork).items():
        if value in ("", None, [], False) or value == getattr(podcast, name):
            continue
        if getattr(podcast, name) and not (is_new and name in ALWAYS_SET):
            notes += _difference(name, value) if name in ALWAYS_SET else []
        elif name in ALWAYS_SET and not is_new:
            notes += _difference(name, value)
        else:
            field = podcast._meta.get_field(name)
            try:
                setattr(podcast, name, value if name == "artwork" else field.clean(value, podcast))
                changed.append(name)
            except ValidationError as refused:
                problem = {"field": _name_of(name), "problem": " ".join(refused.messages)}
                notes.append(_("%(field)s is not taken: %(problem)s") % problem)
    if is_new and show.page_url.startswith(("https://", "http://")):
        message = _("if this site takes the place of %(url)s, name that under the former addresses of the site")
        notes.append(message % {"url": show.page_url})
    changed = _without_halves(podcast, changed)
    if changed:
        podcast.save()
    if podcast.pk and not podcast._state.adding and not podcast.hosts.exists():
        names = [person.name for person in show.people if person.role == "host"]
        if names:
            podcast.hosts.set(find_or_make_speakers(names)[0])
            changed.append("hosts")
    return changed, notes


def _offered(show: HostShow, artwork: str) -> Mapping[str, Any]:
    text = show.description
    return {
        "title": _tidy(show.title)[:255],
        "description": FORBIDDEN.sub("", plain_text(to_markdown(text)) if "<" in text else text).strip(),
        "language": known_language(show.language),
        "author": _tidy(show.author),
        "owner_name": _tidy(show.owner_name),
        "owner_email": show.owner_email,
        "artwork": artwork,
        "categories": [name for name in show.categories if name in CATEGORIES],
        "copyright": _tidy(show.copyright),
        "is_explicit": show.is_explicit,
        "is_serial": show.is_serial,
        "is_complete": show.is_complete,
        "funding_url": show.funding_url,
        "funding_label": _tidy(show.funding_label) if show.funding_url else "",
        "license": _tidy(show.license),
        "license_url": show.license_url,
        "update_label": _tidy(show.update_label),
        "update_rule": show.update_rule,
        "txt_records": list(show.txt_records),
    }


def _tidy(text: str) -> str:
    return " ".join(FORBIDDEN.sub("", text).split())


def _difference(name: str, value: Any) -> list[str]:
    message = _("%(field)s stays as it is: the feed says %(value)s")
    return [message % {"field": _name_of(name), "value": value}]


def _name_of(field: str) -> str:
    return str(Podcast._meta.get_field(field).verbose_name)


def _without_halves(podcast: Podcast, changed: list[str]) -> list[str]:
    """Take back what cannot stand alone: a licence without its text, words of a link that leads nowhere."""
    try:
        podcast.clean()
    except ValidationError:
        for name in {"license", "license_url", "funding_label"} & {*changed}:
            setattr(podcast, name, "")
            changed.remove(name)
    return changed

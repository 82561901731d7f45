"""The sum of an import: each sentence once, the serious first, and the totals. The same for text, JSON and pages."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from courses.models import Chapter, Course
from episodes.models import Episode
from interaxion.content.importing.outcome import Action, Outcome
from interaxion.sitewide.models import Page
from interaxion.text.source_errors import Option, Subject, gettext_noop
from posts.models import Post

KINDS = (Episode, Post, Page, Course, Chapter)
#: Parameters that make two sentences of one message: what they name is known only by them.
_TELLING = ("key", "layout", "problem", "keys")
#: What differs between two sentences of one check: numbers, names, addresses, and what follows a colon.
_DETAILS = re.compile(r"[:：] .*|“[^”]*”|「[^」]*」|(?:https?:/)?/\S+|#\S+|\d+")
#: How a page calls an option: by the field of its form.
FIELDS_OF_OPTIONS = {
    Option.MAP: _("a line in the field “meaning of keys”:"),
    Option.EPISODES: _("the field “folder of the episodes”"),
    Option.NUMBER: _("the field “number of the episode”"),
    Option.COURSE: _("the field “course”"),
    Option.PUBLISH_AT: _("the field “date of what has none”"),
    Option.OVERWRITE: _("“replace what somebody has edited since”"),
    Option.SITE_URL: _("in the field “former address”:"),
    Option.FETCH_PICTURES: _("“fetch the pictures of other sites”"),
}
_RANKS = {"failed": 0, "skipped": 1} | {subject: rank for rank, subject in enumerate(Subject, 2)}


@dataclass
class Sentence:
    """A message about one or more files, with the first of them as its example."""

    rank: int
    file: str
    line: int
    messages: tuple[str, ...]  # templates, in English
    params: Mapping[str, object] = field(default_factory=dict)
    count: int = 1

    def spell(self) -> str:
        """Return the sentence in the active language, with options as on the command line."""
        return "; ".join(gettext(message) % self.params for message in self.messages)

    def spell_for_page(self) -> str:
        return spell_for_page(self.messages, self.params)


def spell_for_page(messages: Iterable[str], params: Mapping[str, Any]) -> str:
    """Return the messages in the active language, with options called by the fields of the form."""
    option = params.get("option")
    shown = {**params, "option": FIELDS_OF_OPTIONS[Option(option)]} if option else params
    return "; ".join(gettext(message) % shown for message in messages)


def sentences_of(outcomes: Iterable[Outcome]) -> list[Sentence]:
    """Return each sentence once, the serious first, then the frequent."""
    sentences: dict[object, Sentence] = {}
    for outcome in outcomes:
        for rank, line, messages, params in _messages_of(outcome):
            told = [str(params[name]) for name in _TELLING if name in params]
            if rank == _RANKS[Subject.CHANGED]:
                told.append(outcome.file)  # an editor has to look at each
            key = (
                rank,
                messages,
                *(_DETAILS.sub("", text) if rank == _RANKS[Subject.CHECK] else text for text in told),
            )
            if known := sentences.get(key):
                known.count += 1
            else:
                sentences[key] = Sentence(rank, outcome.file, line, messages, params)
    return sorted(sentences.values(), key=lambda sentence: (sentence.rank, -sentence.count))


def totals_of(outcomes: Iterable[Outcome], *, fetches_pictures: bool = False) -> dict[str, Any]:
    """Return the number of things of each kind, of old addresses, and of pictures and sound that were not taken.

    With `fetches_pictures` a job brings those of other sites.
    """
    outcomes = list(outcomes)
    made = Counter(outcome.kind for outcome in outcomes if outcome.action in (Action.CREATED, Action.UPDATED))
    same = Counter(outcome.kind for outcome in outcomes if outcome.action is Action.UNCHANGED)
    subjects = Counter(note.subject for outcome in outcomes for note in outcome.warnings)
    asked = [outcome for outcome in outcomes if outcome.old_address]
    dead = [outcome.old_address for outcome in asked if not outcome.answers]
    return {
        "made": {kind._meta.model_name: made[kind._meta.model_name] for kind in KINDS},
        "unchanged": {kind._meta.model_name: same[kind._meta.model_name] for kind in KINDS},
        "addresses": len(asked) - len(dead),
        "dead_addresses": dead,
        "pictures": subjects[Subject.PICTURE],
        "sound": subjects[Subject.SOUND],
        "remote_pictures": _count_remote(outcomes),
        "fetches_pictures": fetches_pictures,
    }


def _count_remote(outcomes: Iterable[Outcome]) -> dict[str, dict[str, int]]:
    """Return, for each other site with pictures that are shown here, how many there are and lie in what is imported."""
    counts: dict[str, dict[str, int]] = {}
    for site, is_here in (picture for outcome in outcomes for picture in outcome.remote_pictures):
        of_site = counts.setdefault(site, {"all": 0, "here": 0})
        of_site["all"] += 1
        of_site["here"] += is_here
    return counts


def spell_totals(totals: Mapping[str, Any], *, for_page: bool = False) -> Iterator[str]:
    """Yield the totals in the active language, a line each, with options as `spell` or `spell_for_page` have them."""
    names = {kind._meta.model_name: kind._meta for kind in KINDS}
    for key, label in (("made", gettext("created or updated")), ("unchanged", gettext("unchanged"))):
        counts = [
            f"{count} {names[kind].verbose_name if count == 1 else names[kind].verbose_name_plural}"
            for kind, count in totals[key].items()
        ]
        if key == "made" or any(totals[key].values()):
            yield f"{label}: {', '.join(counts)}"
    dead = totals["dead_addresses"]
    if totals["addresses"] or dead:
        answering = ngettext("%d old address answers", "%d old addresses answer", totals["addresses"])
        silent = ngettext("%d does not", "%d do not", len(dead)) % len(dead) + (f" ({dead[0]})" if dead else "")
        yield f"{answering % totals['addresses']}, {silent}"
    if count := totals["pictures"]:
        yield ngettext("%d picture is not shown", "%d pictures are not shown", count) % count
    if count := totals["sound"]:
        yield ngettext("%d remark on sound that was not taken", "%d remarks on sound that was not taken", count) % count
    for messages, params in _remote_pictures(totals):
        yield spell_for_page(messages, params) if for_page else "; ".join(gettext(each) % params for each in messages)


def _remote_pictures(totals: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], dict[str, object]]]:
    counts = totals.get("remote_pictures", {})  # reports of an older release have none
    for site, count in counts.items():
        if count["here"]:
            message = gettext_noop(
                "%(here)d of %(all)d pictures of %(site)s are here: if that is an old address of yours, "
                "give %(option)s %(site)s"
            )
            yield (message,), {**count, "site": site, "option": Option.SITE_URL}
    left = sum(count["all"] - count["here"] for count in counts.values())
    if left and not totals["fetches_pictures"]:
        message = gettext_noop("pictures of other sites, shown as links: %(count)d. %(option)s brings them here")
        yield (message,), {"count": left, "option": Option.FETCH_PICTURES}


def _messages_of(outcome: Outcome) -> Iterator[tuple[int, int, tuple[str, ...], Mapping[str, object]]]:
    if problem := outcome.problem:
        yield _RANKS["failed"], problem.line, (problem.message, problem.cure), problem.params
    for note in outcome.warnings:
        rank = _RANKS["skipped"] if outcome.action is Action.SKIPPED else _RANKS[note.subject]
        yield rank, note.line, (note.message,), note.params

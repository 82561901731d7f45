"""Citing a work by what is known of it: what an editor typed, then its record, then what its mentions say."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from interaxion.content.linking.links import Link
from interaxion.content.linking.titles import title_of
from interaxion.content.linking.works import Work
from interaxion.text.citations import authors_in, year_in
from interaxion.text.citing.bibtex import cite_in_bibtex
from interaxion.text.citing.facts import Form, WorkFacts
from interaxion.text.citing.line import cite_in_text, cite_source
from interaxion.text.citing.ris import cite_in_ris

#: What a work is of which nobody states the form, by its kind.
_FORMS: dict[str, Form] = {"arxiv": "preprint", "isbn": "book"}
#: What is no paper, though it has a DOI as papers do, and is told of as such.
_FORM_NAMES = {"dataset": _("Data set"), "software": _("Software"), "thesis": _("Thesis"), "report": _("Report")}
_RIS_TYPES = {"doi": "JOUR", "video": "VIDEO"}


@dataclass(frozen=True)
class Citation:
    work: Work
    facts: WorkFacts
    #: The entry of a list of references, if that is all that tells of the work.
    entry: str = ""

    @property
    def text(self) -> str:
        """One line with the address."""
        if self.entry:
            return f"{self.entry.rstrip('. ')}. {self.work.url}"
        number = self.work.identifier if self.work.kind in {"arxiv", "isbn"} else ""
        return cite_in_text(self.facts, number=number, url=self.work.url)

    @property
    def source(self) -> str:
        """Who, when and where, for a list: `Minami, J.-O., & Noda, K. (2007). Letters on Waves`; "" if not known."""
        return cite_source(self.facts)

    @property
    def form_name(self) -> str:
        """The form of the work in words, if its number lets expect another one; else ""."""
        return str(_FORM_NAMES.get(self.facts.form, ""))

    @property
    def bibtex(self) -> str:
        numbers = {
            "doi": {"doi": self.work.number},
            "arxiv": {"eprint": self.work.number, "archivePrefix": "arXiv"},
            "isbn": {"isbn": self.work.number},
        }.get(self.work.kind, {})
        label = re.sub(r"[^A-Za-z0-9]+", "-", self.work.key)[:60].strip("-")
        return cite_in_bibtex(self.facts, label=label, numbers={"url": self.work.url, **numbers})

    @property
    def ris(self) -> str:
        tag = {"doi": "DO", "isbn": "SN"}.get(self.work.kind)
        numbers = ({tag: self.work.number} if tag else {}) | {"UR": self.work.url}
        return cite_in_ris(self.facts, other_type=_RIS_TYPES.get(self.work.kind, "ELEC"), numbers=numbers)


def citation_of(work: Work, mentions: Sequence[Link]) -> Citation:
    """Return how to cite a work; `mentions` are the live links to it, the newest first."""
    stated = stated_facts(work)
    entry = find_entry(mentions)
    title = title_of(work, mentions)
    said = WorkFacts(
        title="" if title in {work.url, work.identifier} else title,
        authors=tuple(authors_in(entry)),
        year=year_in(entry),
        form=_FORMS.get(work.kind, ""),
    )
    return Citation(work, stated.completed_by(said), "" if stated.authors or stated.container else entry)


def stated_facts(work: Work) -> WorkFacts:
    """Return what an editor typed of a work, completed by its record. Every citation begins with this."""
    return typed_facts(work).completed_by(found_facts(work))


def facts_of_named(works: Iterable[tuple[Work, str]]) -> Iterator[tuple[Work, WorkFacts]]:
    """Yield each work with what is stated of it, and with its name if nobody states a title. One query, or none."""
    works = list(works)
    stated = Work.objects.only("kind", "title", "details", "found_title", "found").in_bulk(
        [work.pk for work, _name in works if work.is_stated]
    )
    for work, name in works:
        named = WorkFacts(title=work.shown_title or name, form=_FORMS.get(work.kind, ""))
        yield work, stated_facts(stated[work.pk]).completed_by(named) if work.pk in stated else named


def typed_facts(work: Work) -> WorkFacts:
    return WorkFacts.read({**work.details, "title": work.title})


def found_facts(work: Work) -> WorkFacts:
    return WorkFacts.read({**work.found, "title": work.found_title})


def find_entry(mentions: Iterable[Link]) -> str:
    """Return the newest entry of a reference list for the work, else link words that are as complete, else ""."""
    entries = [link.cited_as for link in mentions if link.reference_number and link.cited_as]
    entries += [link.text for link in mentions if year_in(link.text) and link.name not in ("", link.text)]
    return next(iter(entries), "")

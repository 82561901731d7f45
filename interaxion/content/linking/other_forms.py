"""Forms of one work: the preprint of a paper, the paper of a preprint. By what registries state, never by likeness."""

from dataclasses import dataclass

from django.db.models import Q

from interaxion.content.linking.works import StatedForm, Work, WorkQuerySet
from interaxion.text.addresses import identify


@dataclass(frozen=True)
class OtherForm:
    identifier: str
    #: Its page here, or where it is elsewhere if nothing live discusses it.
    url: str
    is_preprint: bool


def other_forms(work: Work) -> list[OtherForm]:
    """Return the other forms of a work that its record states, or whose records state that this one is another."""
    keys = list(StatedForm.objects.filter(work=work).order_by("pk").values_list("key", flat=True))
    stating = Q(pk__in=StatedForm.objects.filter(key=work.key).values("work"))
    works: WorkQuerySet = Work.objects.filter(Q(key__in=keys) | stating).exclude(pk=work.pk).exclude(merged_into=work)
    here = {each.key: each for each in works.live().order_by("pk")}
    own = {work.key, *work.merged.values_list("key", flat=True)}
    forms = [OtherForm(each.identifier, each.get_absolute_url(), each.kind == "arxiv") for each in here.values()]
    for key in keys:
        if key not in here and key not in own and (identity := identify(key)):
            kind, _colon, number = key.partition(":")
            spelled = {"arxiv": "arXiv:", "doi": "doi:"}.get(kind, "") + number
            forms.append(OtherForm(spelled, identity.canonical_url, kind == "arxiv"))
    return forms

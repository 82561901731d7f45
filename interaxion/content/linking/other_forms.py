"""Forms of one work: the preprint of a paper, the paper of a preprint. By what registries state, never by likeness."""

from django.db.models import Q

from interaxion.content.linking.works import StatedForm, Work, WorkQuerySet


def other_forms(work: Work) -> list[Work]:
    """Return the works with a page of which this one, or they themselves, state that they are another form of it."""
    stated = Q(key__in=StatedForm.objects.filter(work=work).values("key"))
    stating = Q(pk__in=StatedForm.objects.filter(key=work.key).values("work"))
    works: WorkQuerySet = Work.objects.filter(stated | stating, merged_into=None).exclude(pk=work.pk)
    return list(works.live().order_by("pk"))

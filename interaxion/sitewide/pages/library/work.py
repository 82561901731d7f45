"""The page of a work: where it was discussed, and how to cite it with the data that we have."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from interaxion.content.linking.citing import citation_of
from interaxion.content.linking.mentions import find_mentions
from interaxion.content.linking.other_forms import other_forms
from interaxion.content.linking.titles import title_of
from interaxion.content.linking.works import Work
from interaxion.serving.paging import Pages, further_address

#: The page of a paper of a large collaboration does not name all of its thousands of authors.
MOST_AUTHORS = 30


def work_page(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
    """Show where a work is discussed. Raises Http404 for one without a page: too little live content mentions it."""
    requested = get_object_or_404(Work.objects.only("merged_into"), pk=pk)
    work = get_object_or_404(Work.objects.live(), pk=requested.merged_into_id or pk)
    if work.pk != pk:
        address = work.get_absolute_url()
        return redirect(further_address(address, number) if number else address, permanent=True)
    mentions = find_mentions(work)
    page = Pages(work.get_absolute_url(), len(mentions)).page(number)
    return render(
        request,
        "sitewide/work.html",
        {
            "work": work,
            "title": title_of(work, mentions),
            "page": page,
            "mentions": mentions[page.part],
            "citation": citation_of(work, mentions),
            "authors": work.authors.order_by("pk")[:MOST_AUTHORS],
            "other_forms": other_forms(work),
            "known_as": [each.identifier for each in work.merged.order_by("pk") if each.identifier],
        },
    )

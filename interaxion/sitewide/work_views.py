"""The page of a work: where it was discussed, and how to cite it by what we hold."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from interaxion.content.linking.mentions import find_mentions, title_of
from interaxion.content.linking.works import Work


def work_page(request: HttpRequest, pk: int) -> HttpResponse:
    """404 for a work that has no page: too little that is live mentions it."""
    asked = get_object_or_404(Work.objects.only("merged_into"), pk=pk)
    work = get_object_or_404(Work.objects.live(), pk=asked.merged_into_id or pk)
    if work.pk != pk:
        return redirect(work, permanent=True)
    mentions = find_mentions(work)
    title = title_of(work, mentions)
    return render(
        request,
        "sitewide/work.html",
        {
            "work": work,
            "title": title,
            "mentions": mentions,
            "citation": cite(work, title),
            "bibtex": cite_as_bibtex(work, title),
        },
    )


def cite(work: Work, title: str) -> str:
    """One line: what it is called, what it is numbered, where it is."""
    named = "" if title == work.url else title.rstrip(". ") + ". "
    numbered = f"{work.identifier}. " if work.kind in {"arxiv", "isbn"} else ""
    return f"{named}{numbered}{work.url}"


def cite_as_bibtex(work: Work, title: str) -> str:
    number = work.key.partition(":")[2]
    fields = {"title": re.sub(r"([{}\\])", "", title), "url": work.url}
    if work.kind == "doi":
        fields["doi"] = number
    if work.kind == "arxiv":
        fields |= {"eprint": number, "archivePrefix": "arXiv"}
    if work.kind == "isbn":
        fields["isbn"] = number
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items()]
    return f"@misc{{{re.sub(r'[^A-Za-z0-9]+', '-', work.key)[:60].strip('-')},\n" + ",\n".join(lines) + "\n}"

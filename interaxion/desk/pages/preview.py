"""The page of what somebody is typing, exactly as visitors would see it.

The real form and its rows are validated and put together in memory. Nothing is written, so there is no transaction
to be rolled back: on SQLite it would take the one lock for writing, and other people's saves would wait for it.
"""

import json
from collections.abc import Callable, Iterable

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm, BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve

from interaxion.content.prefetching import set_prefetched
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.tags import Tag

#: What stands in for the key of a thing that has none yet: relations cannot be read without.
NO_KEY = 0


def hold_typed_rows(thing: Publishable, formsets: Iterable[BaseInlineFormSet]) -> None:
    """The rows that a valid formset would leave behind, in their order."""
    for formset in formsets:
        forms = [form for form in formset.forms if form not in formset.deleted_forms]
        rows = [form.instance for form in forms if form.instance.pk or form.has_changed()]
        for row in rows:
            setattr(row, formset.fk.name, thing)
        relation = formset.fk.remote_field.get_accessor_name()
        set_prefetched(thing, relation, sorted(rows, key=lambda row: getattr(row, "position", 0)))


def hold_typed_tags(thing: Publishable, tags: Iterable[Tag | str]) -> None:
    known = {tag.name.casefold(): tag for tag in Tag.objects.all()}
    named = [tag if isinstance(tag, Tag) else known.get(tag.casefold()) or Tag(name=tag) for tag in tags]
    for tag in named:
        tag.slug = tag.slug or tag.slugify(tag.name)
    set_prefetched(thing, "tags", named)


def show(thing: Publishable, page: Callable[..., HttpResponse], request: HttpRequest) -> HttpResponse:
    """The public page of a thing that is not stored. `X-Outline` names the anchors of its headings, in order."""
    response = page(_as_visitor(request, thing.get_absolute_url()), thing)
    outline = json.dumps([heading["anchor"] for heading in thing.outline])
    return HttpResponse(response.content, headers={"X-Outline": outline, "X-Robots-Tag": "noindex"})


def refuse(form: BaseForm, formsets: Iterable[BaseInlineFormSet]) -> HttpResponse:
    """422 with what is wrong, a sentence each."""
    sentences = [*_sentences(form)]
    for formset in formsets:
        sentences += [str(error) for error in formset.non_form_errors()]
        for row in formset.forms:
            sentences += [f"{row.instance}: {sentence}".removeprefix(": ") for sentence in _sentences(row)]
    return JsonResponse({"errors": sentences}, status=422, json_dumps_params={"ensure_ascii": False})


def _sentences(form: BaseForm) -> list[str]:
    return [
        str(error) if name == NON_FIELD_ERRORS or name not in form.fields else f"{form[name].label}: {error}"
        for name, errors in form.errors.items()
        for error in errors
    ]


def _as_visitor(request: HttpRequest, address: str) -> HttpRequest:
    """A request by somebody without an account: nothing of the writer's session is in it."""
    visit = HttpRequest()
    visit.method = "GET"
    visit.META = {name: value for name, value in request.META.items() if name != "HTTP_COOKIE"}
    visit.path = visit.path_info = address
    visit.user = AnonymousUser()
    visit.LANGUAGE_CODE = getattr(request, "LANGUAGE_CODE", "")
    try:
        visit.resolver_match = resolve(address)
    except Resolver404:
        visit.resolver_match = None
    return visit

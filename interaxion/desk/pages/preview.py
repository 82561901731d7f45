"""The preview: the page of what somebody is typing, exactly as visitors would see it.

The real form and its rows are validated and put together in memory. Nothing is written, so there is no transaction
to roll back: on SQLite it would take the one write lock, and other people's saves would wait for it.
"""

import json
from collections.abc import Callable, Iterable
from urllib.parse import unquote

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm, BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import Resolver404, resolve

from interaxion.content.publishing.publishable import Publishable
from interaxion.desk.pages.access import thing_to_write
from interaxion.desk.pages.problem_fields import problems_part
from interaxion.desk.pages.render_limits import refuse_to_render
from interaxion.desk.protocol import DeskAdmin


def preview_view(model_admin: DeskAdmin, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
    """POST the form: the answer is its page, the problems as JSON, what the kind adds; 422 if the form is refused."""
    thing = thing_to_write(model_admin, request, object_id)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if refusal := refuse_to_render(request):
        return refusal
    typed, form, formsets = model_admin.put_typed_together(request, thing)
    if typed is None:
        return refuse(form, formsets)
    response = show(typed, model_admin.admin_site.pages[model_admin.model], request)
    response.write(problems_part(typed, form, formsets))
    if thing and (beside := model_admin.beside_preview(request, typed)):
        response.write(f'<template id="beside">{beside}</template>')
    return response


def show(thing: Publishable, page: Callable[..., HttpResponse], request: HttpRequest) -> HttpResponse:
    """Return the public page of a thing that is not stored. `X-Outline` names the anchors of its headings, in order."""
    response = page(_as_visitor(request, thing.get_absolute_url()), thing)
    outline = json.dumps([heading["anchor"] for heading in thing.outline])
    return HttpResponse(response.content, headers={"X-Outline": outline, "X-Robots-Tag": "noindex"})


def refuse(form: BaseForm, formsets: Iterable[BaseInlineFormSet]) -> HttpResponse:
    """Answer 422 with `{"errors": sentences}`."""
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
    """Return a request by somebody without an account. It holds nothing of the writer's session."""
    visit = HttpRequest()
    visit.method = "GET"
    visit.META = {name: value for name, value in request.META.items() if name != "HTTP_COOKIE"}
    visit.path = visit.path_info = unquote(address)  # as a server gives it
    visit.user = AnonymousUser()
    visit.LANGUAGE_CODE = getattr(request, "LANGUAGE_CODE", "")
    try:
        visit.resolver_match = resolve(visit.path)
    except Resolver404:
        visit.resolver_match = None
    return visit

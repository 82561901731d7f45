"""The answer to a form that a script sent, so that a refused save, or none at all, stays on the page."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

#: The header of a form that a script sends.
HEADER = "X-Desk-Script"


def answer(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return `{"location": …, "version": …}` after a save, else 422 with `{"errors": {id of the field: sentences}}`.

    The errors of the form as a whole are under `""`; `asked` is the HTML of a question. `{"page": true}`: only the
    page itself can ask the question. Without the header, return `response` as it is.
    """
    if HEADER not in request.headers:
        return response
    if response.status_code == 302:
        return JsonResponse({"location": response["Location"], "version": request.desk_save.version})
    context: dict[str, Any] = getattr(response, "context_data", None) or {}
    if "adminform" not in context:
        return response
    form = context["adminform"].form
    if form.is_stale or form.is_only_shown:
        return JsonResponse({"page": True})
    errors: dict[str, list[str]] = {}
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    for part in [form, *(row for formset in formsets for row in formset.forms)]:
        for name, sentences in part.errors.items():
            if sentences is form.question:
                continue
            id = part[name].auto_id if name in part.fields else ""
            errors.setdefault(id, []).extend(map(str, sentences))
    for formset in formsets:
        errors.setdefault("", []).extend(map(str, formset.non_form_errors()))
    asked = render_to_string("admin/question.html", {"form": form, "form_address": request.path}).strip()
    return JsonResponse({"errors": errors, "asked": asked}, status=422, json_dumps_params={"ensure_ascii": False})

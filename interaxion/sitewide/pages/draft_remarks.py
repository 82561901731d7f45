"""The thread about a draft for guests: whoever has its link reads it and joins in, under a name of their own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from episodes.letters.guard import is_same_origin
from interaxion.content.publishing.shared_links import end_of, find_shared
from interaxion.content.publishing.window import Status
from interaxion.content.remarks.remark import Remark
from interaxion.desk.remarks.forms import RemarkForm
from interaxion.serving.rate_limit import Throttle, address_of
from interaxion.sitewide.pages.shared_preview import HEADERS

#: The rate limits for an hour: of one address, and of one draft from everywhere.
OF_ADDRESS = Throttle("remarks", most=20, window=60 * 60)
OF_DRAFT = Throttle("remarks-of-draft", most=60, window=60 * 60)


# Public pages set no cookie. Who knows the token may write, and the Origin tells that the form is our own.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def draft_remarks(request: HttpRequest, token: str) -> HttpResponse:
    thing = find_shared(token)
    if thing is None or thing.status == Status.PUBLISHED:
        raise Http404
    form, status = RemarkForm(request.POST if request.method == "POST" else None, thing=thing), 200
    if request.method == "POST":
        status = _receive(request, form, f"{thing._meta.label_lower}:{thing.pk}")
    if status == 303:
        response = redirect("shared_remarks", token)
        response.status_code = status  # a reload sends nothing twice
    else:
        request.preview_until = end_of(token)
        context = {"thing": thing, "form": form, "token": token, "thread": Remark.objects.present(thing)}
        response = render(request, "sitewide/draft_remarks.html", {**context, "status": status}, status=status)
    # With "no-referrer" browsers would send the form with `Origin: null`; other sites learn nothing by "same-origin".
    for name, value in (HEADERS | {"Referrer-Policy": "same-origin"}).items():
        response.headers[name] = value
    return response


def _receive(request: HttpRequest, form: RemarkForm, draft: str) -> int:
    """Store the remark if it may be. Return the status of the answer."""
    if not is_same_origin(request):
        return 403
    if not form.is_valid():
        return 422
    if OF_ADDRESS.count(address_of(request)) > OF_ADDRESS.most or OF_DRAFT.count(draft) > OF_DRAFT.most:
        return 429
    form.save()
    return 303

"""The rate limit for previews: rendering is the most expensive thing that the desk does."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext

from interaxion.content.publishing.publishable import kinds
from interaxion.serving.rate_limit import Throttle

#: The largest request, in bytes, form included: the longest real text, a course of 350 kB, fits.
MOST_BYTES = 1_000_000
#: For one account. While somebody types, the desk requests page and short notes every 0.6 seconds (debounce).
RENDERS = Throttle("renders", most=240, window=60)


def may_write(user: Any) -> bool:
    """Whether the account may add or change content of any kind. All kinds hold Markdown."""
    names = [(kind._meta.app_label, kind._meta.model_name) for kind in kinds()]
    return any(user.has_perm(f"{app}.{action}_{name}") for app, name in names for action in ("change", "add"))


def refuse_to_render(request: HttpRequest) -> HttpResponse | None:
    """Return 413 for a text that is too long, 429 for too many requests, with a sentence; None if neither."""
    if int(request.headers.get("content-length") or 0) > MOST_BYTES:
        too_long = gettext("The text is too long for a preview: more than %(most)d kB. It can be saved.")
        return _refuse(too_long % {"most": MOST_BYTES // 1000}, 413)
    account = str(request.user.pk)
    if RENDERS.is_over(account):
        return _refuse(gettext("Too many previews in one minute. What you wrote is in the form."), 429)
    RENDERS.count(account)
    return None


def _refuse(why: str, status: int) -> JsonResponse:
    return JsonResponse({"errors": [why]}, status=status, json_dumps_params={"ensure_ascii": False})

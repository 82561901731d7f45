"""How much one account may have rendered that is not saved: rendering is the dearest thing that the desk does."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext

from interaxion.content.publishing.publishable import kinds
from interaxion.serving.rate_limit import Throttle

#: Of a request, in bytes, with its form: a course of 350 kB, the longest real text, fits.
MOST_BYTES = 1_000_000
#: In one minute for one account. While somebody types, the desk asks for page and short notes every 0.6 seconds.
RENDERS = Throttle("renders", most=240, window=60)


def may_write(user: Any) -> bool:
    """Whether the account may add or change anything of which Markdown is a part."""
    names = [(kind._meta.app_label, kind._meta.model_name) for kind in kinds()]
    return any(user.has_perm(f"{app}.{action}_{name}") for app, name in names for action in ("change", "add"))


def refuse_to_render(request: HttpRequest) -> HttpResponse | None:
    """413 or 429 with a sentence where the text is too long or the account asks too often; None where it may."""
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

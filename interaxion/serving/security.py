"""Headers that tell browsers what to forbid: the Content-Security-Policy, strict with a table of exceptions,
and the Permissions-Policy.

The names follow Django 6.0's SECURE_CSP, so that the middleware can become smaller when the project moves there.
"""

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse

from interaxion.text.markdown.html.embeds import frame_hosts

NONE, SELF = "'none'", "'self'"

#: CORS: for what players and apps on other sites read too.
FOR_ALL_SITES = {"Access-Control-Allow-Origin": "*"}

POLICY: dict[str, list[str]] = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    # The show's audio may be at any host; nothing is fetched before the listener presses play.
    "media-src": [SELF, "https:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    # A frame is made only when the visitor asks for it, and only of a host in the table of embeds.
    "frame-src": [f"https://{host}" for host in frame_hosts()],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}

#: The exceptions, by namespace or name of the route, each with its reason.
EXCEPTIONS: dict[str, dict[str, list[str]]] = {
    # The preview beside the form is a frame without scripts; pictures and audio not yet uploaded are blobs.
    "admin": {
        "frame-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:", "https:"],
    },
    # The player of an episode may stand in pages of every other site.
    "embed": {"frame-ancestors": ["*"]},
    # An uploaded file can do nothing, even if it is opened in a tab of its own.
    "media": {
        "default-src": [NONE],
        "media-src": [SELF],
        "img-src": [SELF],
        "style-src": [NONE],
        "script-src": [NONE],
        "sandbox": [],
    },
    # A figure in SVG is cleaned when it comes in; whatever may be left in it can run and load nothing.
    "svg_media": {
        "default-src": [NONE],
        "media-src": [NONE],
        "img-src": ["data:"],
        "style-src": ["'unsafe-inline'"],
        "script-src": [NONE],
        "font-src": [NONE],
        "connect-src": [NONE],
        "frame-src": [NONE],
        "sandbox": [],
    },
    # Audio and video must play in a tab of their own: in a sandbox a browser may not even read them.
    "played_media": {
        "default-src": [NONE],
        "media-src": [SELF],
        "img-src": [NONE],
        "style-src": [NONE],
        "script-src": [NONE],
    },
}

#: Features of browsers that no page of ours uses, and no player in a frame may ask for.
#: https://www.w3.org/TR/permissions-policy/
UNUSED_FEATURES = (
    "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid", "magnetometer", "microphone",
    "midi", "payment", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS = ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES)


@cache
def policy_for(view: str, namespace: str = "") -> str:
    """Return the value of the header for a route."""
    directives = POLICY | EXCEPTIONS.get(namespace, {}) | EXCEPTIONS.get(view, {})
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


class BrowserPoliciesMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        policy = policy_for(match.url_name or "", match.namespace) if match else policy_for("")
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers["Permissions-Policy"] = PERMISSIONS
        return response

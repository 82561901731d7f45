"""How a link comes here: by a bookmarklet, or the share sheet of a phone on which the desk is installed."""

import json
import re
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from interaxion.text.characters import FORBIDDEN

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def bookmarklet(request: HttpRequest) -> str:
    """Return the script that opens our form with the address, the title and the selected words of a page."""
    target = json.dumps(request.build_absolute_uri(reverse("admin:collect")))
    script = (
        f"location.href={target}+'?url='+encodeURIComponent(location.href)"
        "+'&title='+encodeURIComponent(document.title)"
        "+'&text='+encodeURIComponent(String(getSelection()).slice(0,400))"
    )
    return "javascript:" + quote(f"(()=>{{{script}}})()", safe="()=>{}'+&?!:/,.")


def shared(data: Any) -> dict[str, str]:
    """Return the fields of a link from what was shared. Many apps put the address into the text."""
    url, title, text = (FORBIDDEN.sub("", data.get(name, "")).strip() for name in ("url", "title", "text"))
    if not url and (found := _ADDRESS.search(text)):
        url, text = found[0], f"{text[: found.start()]} {text[found.end() :]}".strip()
    note = " ".join(text.split())
    return {"url": url[:2000], "title": " ".join(title.split())[:300], "note": "" if note == title else note[:500]}


@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest of the desk. https://www.w3.org/TR/appmanifest/ · https://w3c.github.io/web-share-target/"""
    fields = {
        "name": f"Interaxion: {_('The writing desk')}",
        "short_name": _("Desk"),
        "start_url": reverse("admin:inbox"),
        "scope": reverse("admin:index"),
        "display": "minimal-ui",
        "icons": [
            {"src": static("img/favicon.svg"), "sizes": "any", "type": "image/svg+xml"},
            {"src": static("img/apple-touch-icon.png"), "sizes": "180x180", "type": "image/png"},
        ],
        "share_target": {
            "action": reverse("admin:collect"),
            "method": "GET",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    }
    return HttpResponse(json.dumps(fields, ensure_ascii=False), content_type="application/manifest+json")

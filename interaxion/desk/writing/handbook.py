"""The handbook of the desk: how a host and an editor work, and every form of the dialect beside how it looks.

Its texts are Markdown in two languages. A block `~~~~example` is shown as written and as our own renderer shows it.
"""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET

from interaxion.text.markdown import render

_EXAMPLE = re.compile(r"^~~~~example\n(.*?)^~~~~\n", re.MULTILINE | re.DOTALL)
_ID = re.compile(r' id="[^"]*"')


class Piece(NamedTuple):
    """A part of the handbook: its HTML, and the source if it is an example."""

    html: SafeString
    source: str = ""


@require_GET
def handbook(request: HttpRequest) -> HttpResponse:
    """Show the handbook, to everybody who may log in here."""
    context = admin.site.each_context(request) | {
        "title": gettext("Handbook"),
        "pieces": pieces("ja" if (get_language() or "").startswith("ja") else "en"),
    }
    return TemplateResponse(request, "admin/writing/handbook.html", context)


@cache
def pieces(language: str) -> tuple[Piece, ...]:
    text = Path(__file__).with_name(f"handbook_{language}.md").read_text(encoding="utf-8")
    made = []
    for index, part in enumerate(_EXAMPLE.split(text)):  # every second part is the text of an example
        html = render(part, kind="notes" if index % 2 else "post").html
        if index % 2:
            html = _ID.sub("", html)  # several examples would have the same ones
        made.append(Piece(mark_safe(html), part if index % 2 else ""))  # noqa: S308  # nosec B308, B703 - sanitised
    return tuple(made)

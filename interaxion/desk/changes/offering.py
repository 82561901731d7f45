"""The message after a change to many things: what was done, with *Undo* and a link to the entry in the list."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from interaxion.content.changes.changes import Change


def offer_undo(request: HttpRequest, change: Change, text: str) -> None:
    """Show the message `text` with *Undo*, and with a link to the entry in the list."""
    if change.pk is None:  # nothing was changed
        messages.success(request, text)
        return
    url = reverse("admin:content_change_change", args=[change.pk])
    button = '{} <button type="submit" form="undo" formaction="{}">{}</button> <a href="{}">{}</a>'
    messages.success(request, format_html(button, text, url, gettext("Undo"), url, gettext("What was changed")))

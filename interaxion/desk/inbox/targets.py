"""The drafts and their sections to which a collected link can be sent."""

from typing import Any

from django.contrib import admin
from django.urls import reverse

from interaxion.content.publishing.publishable import kinds
from interaxion.content.publishing.window import Status

MOST = 20


def drafts_for(user: Any) -> list[dict[str, Any]]:
    """Return the newest drafts that the user may change, each with the headings of its sections."""
    found = []
    for kind in kinds():
        app, model = kind._meta.app_label, kind._meta.model_name
        if kind in admin.site._registry and user.has_perm(f"{app}.change_{model}"):
            drafts = kind.objects.untrashed().exclude(status=Status.PUBLISHED).order_by("-stored_at")
            found += [(thing, f"admin:{app}_{model}_change") for thing in drafts.defer("html", "text")[:MOST]]
    found.sort(key=lambda each: each[0].stored_at, reverse=True)
    return [
        {
            "title": str(thing),
            "url": reverse(name, args=[thing.pk]),
            "sections": [heading["text"] for heading in thing.outline if heading.get("text")],
        }
        for thing, name in found[:MOST]
    ]

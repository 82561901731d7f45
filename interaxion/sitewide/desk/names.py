"""The names of tags and speakers for the type-ahead of the forms, each with how often it is used."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from episodes.people.speakers import Speaker, with_uses
from interaxion.content.tags import Tag, spell_names
from interaxion.desk.pages.render_limits import may_write


@require_GET
def names(request: HttpRequest) -> HttpResponse:
    """Return `{"tags": […], "speakers": […]}`, the most used first; each has `name`, `typed`, `also`, `uses`, `id`.

    `typed` is the name as a field of tags wants it: in quotes if there is a comma in it. `also` finds it, too.
    """
    if not may_write(request.user):
        raise PermissionDenied
    lists = {"tags": Tag.objects.with_uses(), "speakers": with_uses(Speaker.objects.all())}
    return JsonResponse(
        {name: [_entry(row) for row in rows.order_by("-uses", "name")] for name, rows in lists.items()},
        json_dumps_params={"ensure_ascii": False},
    )


def _entry(row: Any) -> dict[str, Any]:
    also = " ".join([row.reading, *row.aliases])
    return {"id": row.pk, "name": row.name, "typed": spell_names([row.name]), "also": also, "uses": row.uses}

"""The files that are there already, for the editor's picker."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from interaxion.content.files.models import StoredFile
from interaxion.text.characters import FORBIDDEN

MOST_FILES = 24


@require_GET
def find_files(request: HttpRequest) -> HttpResponse:
    """The newest files whose name or words hold `q`: `{"files": [{"name", "alt", "url", "is_picture"}]}`."""
    if not request.user.has_perm("content.view_storedfile"):
        raise PermissionDenied
    asked = FORBIDDEN.sub("", request.GET.get("q", "").strip())
    files = StoredFile.objects.filter(Q(name__icontains=asked) | Q(alt__icontains=asked)).order_by("-pk")
    return JsonResponse(
        {
            "files": [
                {
                    "name": file.name,
                    "alt": file.alt,
                    "url": file.file.url,
                    "is_picture": file.content_type.startswith("image/"),
                }
                for file in files[:MOST_FILES]
            ]
        },
        json_dumps_params={"ensure_ascii": False},
    )

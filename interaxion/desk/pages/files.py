"""The stored files, for the file picker of the editor."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from interaxion.content.files.models import StoredFile
from interaxion.text.characters import FORBIDDEN

MOST_FILES = 24


@require_GET
def find_files(request: HttpRequest) -> HttpResponse:
    """Return the newest files with `q` in name or alternative text.

    The answer is `{"files": [{"name", "alt", "url", "is_picture"}]}`.
    """
    if not request.user.has_perm("content.view_storedfile"):
        raise PermissionDenied
    query = FORBIDDEN.sub("", request.GET.get("q", "").strip())
    files = StoredFile.objects.filter(Q(name__icontains=query) | Q(alt__icontains=query)).order_by("-pk")
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

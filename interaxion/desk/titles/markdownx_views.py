"""The two views of django-markdownx for staff: its own are public and trust the declared type of a file.

Separate from `editing`, because importing these views imports the function that MARKDOWNX_MARKDOWNIFY_FUNCTION names.
"""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from markdownx.views import ImageUploadView, MarkdownifyView

from interaxion.content.files.limits import MOST_PICTURE_BYTES, FileRefused, validate_size
from interaxion.content.files.models import StoredFile, store_file
from interaxion.content.files.renditions import make_renditions
from interaxion.desk.pages.render_limits import may_write, refuse_to_render
from interaxion.text.characters import FORBIDDEN
from interaxion.text.link_words import spell_link_words


class StaffMarkdownifyView(MarkdownifyView):
    """POST `content`, Markdown, by users who may write. The answer is its HTML."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_write(request.user):
            raise PermissionDenied
        if "content" not in request.POST:
            return refuse(gettext("There is no text in the request."))
        if refusal := refuse_to_render(request):
            return refusal
        return super().post(request, *args, **kwargs)


class StaffUploadView(ImageUploadView):
    """POST one file as `image`. The answer is `{"image_code": Markdown}`, or 400 with `{"error": reason}`.

    `words` is the alternative text of a picture, or the name of another file, cut to 500 characters; `decorative`
    marks a picture without alternative text.
    """

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("content.add_storedfile"):
            raise PermissionDenied
        upload = request.FILES.get("image")
        if upload is None:
            return refuse(gettext("There is no file in the request."))
        try:
            validate_size(upload.size, MOST_PICTURE_BYTES)
            stored = store_file(upload.name, upload.read())
        except FileRefused as refusal:
            return refuse(" ".join(refusal.messages))
        transaction.on_commit(partial(make_renditions.enqueue, stored.file.name), robust=True)
        words = FORBIDDEN.sub("", request.POST.get("words", "")).strip()[:500]
        if words and stored.content_type.startswith("image/") and not stored.alt:
            stored.alt = words
            stored.save(update_fields=["alt"])
        return JsonResponse({"image_code": spell(stored, words, is_decorative="decorative" in request.POST)})


def spell(stored: StoredFile, words: str = "", *, is_decorative: bool = False) -> str:
    """Return the Markdown that shows a picture, or links to another file."""
    if not stored.content_type.startswith("image/"):
        return f"[{spell_link_words(words or stored.name)}]({stored.file.url})"
    if is_decorative:
        return f'![]({stored.file.url} "decorative")'
    return f"![{spell_link_words(words or stored.alt)}]({stored.file.url})"


def refuse(why: str, *, status: int = 400) -> JsonResponse:
    return JsonResponse({"error": why}, status=status, json_dumps_params={"ensure_ascii": False})

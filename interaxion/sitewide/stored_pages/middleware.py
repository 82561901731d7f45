"""Answers with the stored page, if no cache has it and the database still says what it was made from."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from interaxion.serving.public_pages import validity
from interaxion.sitewide.stored_pages.stored_page import find_page

#: The addresses of feeds, sitemaps and other files for machines, for which the database need not be asked.
FILES = re.compile(r".*\.(?!html?\Z)\w+\Z")


class StoredPagesMiddleware:
    """Stands below `KeptPagesMiddleware`, which keeps what it answers and says what may be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not getattr(request, "kept_key", "") or FILES.match(request.path_info):
            return self.get_response(request)
        etag = validity(request).etag  # before the page: what is read later is at least as new
        page = find_page(request.path_info, etag)
        return page.answer(etag) if page else self.get_response(request)

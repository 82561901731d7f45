"""For the Markdown editor: pasted HTML as Markdown."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from interaxion.desk.pages.render_limits import may_write, refuse_to_render
from interaxion.desk.titles.markdownx_views import refuse
from interaxion.text.characters import FORBIDDEN
from interaxion.text.html_markdown import to_markdown
from interaxion.text.html_markdown.clipboard import plain_tags
from interaxion.text.markdown.short_forms import short_form


@require_POST
def paste(request: HttpRequest) -> HttpResponse:
    """POST `html`, and `in_section` if no heading may stand there. The answer is `{"markdown": …}`."""
    if not may_write(request.user):
        raise PermissionDenied
    if refusal := refuse_to_render(request):
        return refusal
    html = FORBIDDEN.sub("", request.POST.get("html", ""))
    if not html.strip():
        return refuse(gettext("There is no text in the request."))
    markdown = short_form(html)
    if markdown is None:
        markdown = to_markdown(plain_tags(html, has_headings="in_section" not in request.POST)).strip("\n")
    return JsonResponse({"markdown": markdown}, json_dumps_params={"ensure_ascii": False})

"""The button on the podcast that follows the feed of the host with the audio at once."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from episodes.whole_show.following import may_follow, queue_following


@require_POST
def follow_now(request: HttpRequest) -> HttpResponse:
    """Queue the job and lead to its page."""
    if not may_follow(request.user, {}):
        raise PermissionDenied
    job = queue_following(user=request.user)
    if job is None:
        messages.error(request, _("The podcast names no feed to follow."))
        return redirect("admin:episodes_podcast_change", 1)
    return redirect("admin:job", job.pk)

"""Checks before publishing: of a plain page, and of the date of anything where the site is published as files."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext

from courses.models import Chapter, Course
from episodes.models import Episode
from interaxion.content.checks.registry import register
from interaxion.content.checks.text_checks import Spot, check_thing
from interaxion.content.publishing.publishable import Publishable
from interaxion.sitewide.models import Page, PublishedFiles
from interaxion.text.markdown import Rendered
from interaxion.text.problems import Problem, warning
from posts.models import Post


@register(Page)
def check_page(page: Page, rendered: Rendered | None = None) -> list[Problem]:
    problems = check_thing(page, lambda line: Spot("body", line=line), rendered)
    if not page.body.strip():
        problems.append(warning(gettext("The page has no text."), "body"))
    return problems


def check_that_files_follow(thing: Publishable, rendered: Rendered | None = None) -> list[Problem]:
    """Warn that somebody has to freeze the site after the date of a thing, where nothing else does."""
    if thing.publish_at is None or thing.publish_at <= timezone.now() or settings.PUBLISH_COMMAND:
        return []
    if PublishedFiles.current().frozen_at is None:
        return []
    message = gettext(
        "The site is published as files, and no PUBLISH_COMMAND is set: after this date somebody has to run “freeze”"
        " and send the files."
    )
    return [warning(message, "publish_at")]


for kind in (Episode, Post, Course, Chapter, Page):
    register(kind)(check_that_files_follow)

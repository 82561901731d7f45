"""Checks of a plain page before it is published."""

from django.utils.translation import gettext

from interaxion.content.checks.registry import register
from interaxion.content.checks.text_checks import Spot, check_thing
from interaxion.sitewide.models import Page
from interaxion.text.markdown import Rendered
from interaxion.text.problems import Problem, warning


@register(Page)
def check_page(page: Page, rendered: Rendered | None = None) -> list[Problem]:
    problems = check_thing(page, lambda line: Spot("body", line=line), rendered)
    if not page.body.strip():
        problems.append(warning(gettext("The page has no text."), "body"))
    return problems

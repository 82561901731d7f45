"""Checks of a post before it is published. Errors block, warnings ask once."""

from django.utils.translation import gettext

from interaxion.content.checks.registry import register
from interaxion.content.checks.text_checks import Spot, check_summary, check_thing
from interaxion.text.markdown import Rendered
from interaxion.text.problems import Problem, warning
from posts.models import Post

#: In characters. A text up to this length, such as a glossary entry or a note, needs no summary.
SHORT_TEXT = 200


@register(Post)
def check_post(post: Post, rendered: Rendered | None = None) -> list[Problem]:
    problems = check_thing(post, lambda line: Spot("body", line=line), rendered)
    if len(post.text) > SHORT_TEXT:
        problems += check_summary(post)
    if not post.body.strip():
        problems.append(warning(gettext("The post has no text."), "body"))
    if post.cover and not post.cover_alt.strip():
        problems.append(warning(gettext("Nothing says what the cover image shows."), "cover_alt"))
    return problems

"""`translate`, `static`, `url` and `include` as Django has them, but what depends on no variable is rendered once.

A page has about a hundred of these tags with nothing but constants, which took a tenth of its time. The settings give
this module to the templates for Django's libraries `i18n` and `static`, and for the tags `url` and `include`.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.template import Context, Library, Node
from django.template.base import FilterExpression, Parser, Token, Variable
from django.template.defaulttags import url as url_of_django
from django.template.loader_tags import do_include
from django.templatetags import i18n
from django.templatetags import static as static_files
from django.urls import get_script_prefix
from django.utils.translation import get_language

register = Library()
register.tags |= i18n.register.tags | static_files.register.tags
register.filters |= i18n.register.filters | static_files.register.filters


class Kept(Node):
    """A tag of constants: what it gives is kept, unless addresses of files may change (DEBUG)."""

    child_nodelists = ()

    def __init__(self, node: Any, depends_on: Callable[[], Any], variable: str | None = None) -> None:
        """`depends_on` tells what else it depends on; `variable`: where the template wants it, instead of here."""
        self.node, self.depends_on, self.variable = node, depends_on, variable
        self.kept: dict[tuple[Any, ...], str] = {}

    def render(self, context: Context) -> str:
        key = self.depends_on(), context.autoescape
        value = self.kept.get(key)
        if value is None:
            value = self.node.render(context)
            if not settings.DEBUG:
                self.kept[key] = value
        if self.variable is None:
            return value
        context[self.variable] = value
        return ""


def _language_and_prefix() -> tuple[str | None, str]:
    return get_language(), get_script_prefix()


@register.tag("trans")
@register.tag("translate")
def translate(parser: Parser, token: Token) -> Node:
    node: Any = i18n.do_translate(parser, token)
    if not _is_constant(node.filter_expression) or not _is_constant(node.message_context):
        return node
    variable, node.asvar = node.asvar, None
    return Kept(node, get_language, variable)


@register.tag
def static(parser: Parser, token: Token) -> Node:
    node: Any = static_files.do_static(parser, token)
    if not _is_constant(node.path):
        return node
    variable, node.varname = node.varname, None
    return Kept(node, get_script_prefix, variable)


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """One of a namespace depends on the application of the request, and one in a variable may not exist."""
    node: Any = url_of_django(parser, token)
    if node.args or node.kwargs or node.asvar or not _is_constant(node.view_name) or ":" in node.view_name.var:
        return node
    return Kept(node, _language_and_prefix)


@register.tag
def include(parser: Parser, token: Token) -> Node:
    """A part that is given constants `only`, or nothing, says the same each time: it sees no other variable."""
    node: Any = do_include(parser, token)
    if node.isolated_context and all(map(_is_constant, (node.template, *node.extra_context.values()))):
        node.origin = parser.origin  # which Django tells a node that stands by itself
        return Kept(node, _language_and_prefix)
    return node


def _is_constant(expression: FilterExpression | None) -> bool:
    if expression is None:
        return True
    of_word = not isinstance(expression.var, Variable) or expression.var.lookups is None
    return of_word and not expression.filters

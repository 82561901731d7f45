"""Markdown in forms: django-markdownx's field and widget, with a script of ours in place of its own.

Its script takes the Tab key, disturbs Japanese input and does not know rows that were added a second ago.
"""

from typing import Any

from django.forms import Script
from markdownx.fields import MarkdownxFormField
from markdownx.widgets import AdminMarkdownxWidget

from interaxion.content.files.stored_files import StoredFiles
from interaxion.text.markdown import render


def markdownify(text: str) -> str:
    """The safe HTML of a piece of Markdown: what MARKDOWNX_MARKDOWNIFY_FUNCTION names."""
    return render(text, kind="post", resolver=StoredFiles()).html


def one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


class MarkdownWidget(AdminMarkdownxWidget):
    template_name = "django/forms/widgets/textarea.html"

    class Media:
        extend = False
        js = [Script("js/admin/editor.js", type="module")]


class MarkdownFormField(MarkdownxFormField):
    """A browser sends every line end of a textarea as CR LF; the text has LF."""

    widget = MarkdownWidget

    def to_python(self, value: Any) -> str:
        return one_line_end(super().to_python(value))

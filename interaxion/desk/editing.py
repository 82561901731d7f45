"""Markdown in forms: the field and widget of django-markdownx, with our script instead of its own.

Its script captures the Tab key, disturbs Japanese input (IME) and ignores rows that were added to the open form.
"""

from typing import Any

from django.forms import Script
from markdownx.fields import MarkdownxFormField
from markdownx.widgets import AdminMarkdownxWidget

from interaxion.content.files.stored_files import StoredFiles
from interaxion.text.markdown import render


def markdownify(text: str) -> str:
    """Return the sanitised HTML of Markdown. The setting MARKDOWNX_MARKDOWNIFY_FUNCTION names this function."""
    return render(text, kind="post", resolver=StoredFiles()).html


def one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


class MarkdownWidget(AdminMarkdownxWidget):
    template_name = "django/forms/widgets/textarea.html"

    class Media:
        extend = False
        js = [Script("js/admin/editor.js", type="module")]


class MarkdownFormField(MarkdownxFormField):
    """Turns CR LF into LF: a browser sends every line end of a textarea as CR LF."""

    widget = MarkdownWidget

    def to_python(self, value: Any) -> str:
        return one_line_end(super().to_python(value))

"""The list of all that was found in the text of a chapter or course, beside its source in the admin."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from courses.lessons.rows import Exercise, Reference
from courses.models import Chapter, Course
from interaxion.content.diagrams.kept import find_diagram
from interaxion.content.linking.links import Link
from interaxion.content.paths import Path
from interaxion.text.markdown import Undrawn
from interaxion.text.markdown.diagrams import find_diagrams


def overview(thing: Chapter | Course) -> SafeString:
    """Return the exercises, references, broken links and diagrams of what is stored, as HTML."""
    return render_to_string("admin/lesson_overview.html", _found_in(thing))


def _found_in(thing: Chapter | Course) -> dict[str, Any]:
    drawn = [(source, find_diagram(source)) for source in find_diagrams(thing.source, thing.markdown_kind)]
    return {
        "lesson": thing.lesson,
        "exercises": Exercise.objects.of(thing),
        "references": Reference.objects.of(thing),
        "broken": _broken_links(thing),
        "diagrams": len(drawn),
        "undrawn": [(source.strip()[:80], each.reason) for source, each in drawn if isinstance(each, Undrawn)],
    }


def _broken_links(thing: Chapter | Course) -> list[Link]:
    """Return its links to addresses of this site that nothing has."""
    links = [link for link in Link.objects.of(thing) if link.own_path]
    known = set(Path.objects.filter(path__in={link.own_path for link in links}).values_list("path", flat=True))
    return [link for link in links if link.own_path not in known and link.own_path.startswith("/courses/")]

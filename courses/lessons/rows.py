"""The exercises and references of chapters as rows, for the pages of a whole course. `store()` writes them."""

from dataclasses import asdict
from typing import Any

from django.db import models

from interaxion.content.owned_rows import owned_by
from interaxion.content.publishing.derived_rows import Derived, Rewrite
from interaxion.text.lessons.citations import citations_of
from interaxion.text.lessons.exercises import find_exercises
from interaxion.text.lessons.references import find_references
from interaxion.text.lessons.sections import find_sections
from interaxion.text.lessons.tags import without_ids

#: Rows of one kind of a chapter: more are no exercises or references.
MOST = 1000
#: The kind of content that has them; named, since its module imports this one.
CHAPTER = "courses.chapter"


class InChapter(Derived):
    position = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True
        ordering = ["position"]
        default_permissions = ()

    @classmethod
    def rewrite(cls, rewrite: Rewrite) -> None:
        if rewrite.thing._meta.label_lower != CHAPTER:
            return
        if not rewrite.is_new:
            cls.objects.filter(**owned_by(rewrite.thing)).delete()
        found = cls.find(rewrite)[:MOST]
        owner = owned_by(rewrite.thing)
        cls.objects.bulk_create(cls(**owner, position=place, **each) for place, each in enumerate(found, start=1))

    @classmethod
    def find(cls, rewrite: Rewrite) -> list[dict[str, Any]]:
        """Return the columns of each row."""
        raise NotImplementedError


class Exercise(InChapter):
    class Difficulty(models.TextChoices):
        EASY = "easy"
        MEDIUM = "medium"
        HARD = "hard"

    label = models.CharField(max_length=20)
    title = models.TextField(blank=True)
    difficulty = models.CharField(max_length=10, blank=True, choices=Difficulty)
    anchor = models.TextField()
    line = models.PositiveIntegerField(default=0)
    question = models.TextField()
    #: Lists of {"summary", "html"}.
    hints = models.JSONField(default=list)
    answers = models.JSONField(default=list)
    has_shared_answer = models.BooleanField(default=False)

    class Meta(InChapter.Meta):
        indexes = [models.Index(fields=["content_type", "object_id"], name="courses_exercise_owner")]

    def __str__(self) -> str:
        return self.label

    @classmethod
    def find(cls, rewrite: Rewrite) -> list[dict[str, Any]]:
        html = rewrite.thing.html
        rows = [asdict(each) for each in find_exercises(html, find_sections(html, rewrite.outline.headings))]
        for row in rows:
            del row["heading"]
            row["question"] = without_ids(row["question"])
            for fold in (*row["hints"], *row["answers"]):
                fold["html"] = without_ids(fold["html"])
        return rows


class Reference(InChapter):
    number = models.PositiveSmallIntegerField(null=True)
    group = models.TextField(blank=True)
    html = models.TextField()
    text = models.TextField()
    title = models.TextField(blank=True)
    year = models.CharField(max_length=4, blank=True)
    doi = models.TextField(blank=True)
    arxiv = models.TextField(blank=True)
    isbn = models.TextField(blank=True)
    url = models.TextField(blank=True)
    is_unverified = models.BooleanField(default=False)
    #: The anchors of the places that cite it.
    citations = models.JSONField(default=list)

    class Meta(InChapter.Meta):
        indexes = [models.Index(fields=["content_type", "object_id"], name="courses_reference_owner")]

    def __str__(self) -> str:
        return self.text[:80]

    @classmethod
    def find(cls, rewrite: Rewrite) -> list[dict[str, Any]]:
        html = rewrite.thing.html
        references = find_references(html, find_sections(html, rewrite.outline.headings))
        cited = citations_of(html, [each.number for each in references if each.number is not None])
        rows = []
        for each in references:
            citations = cited.pop(each.number, []) if each.number is not None else []
            rows.append(asdict(each) | {"html": without_ids(each.html), "citations": citations})
        return rows

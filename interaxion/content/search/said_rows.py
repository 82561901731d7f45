"""The rows of what was said in an episode: one for every few minutes, found by their sentences alone."""

from typing import Any, Self

from django.db import models

from interaxion.content.owned_rows import owned_by
from interaxion.content.publishing.derived_rows import DerivedRowQuerySet, facts_of
from interaxion.content.publishing.inserting import insert_rows
from interaxion.content.search.contents import index_of
from interaxion.text.search.folding import fold_letters
from interaxion.text.search.said import Piece, cut
from interaxion.text.transcripts.cues import Cue


class SaidRows(DerivedRowQuerySet):
    def said(self) -> Self:
        return self.filter(said_from__isnull=False)

    def write_said(self, transcript: models.Model, *, is_gone: bool = False) -> None:
        """Rewrite the rows of what was said in a thing, as far as visitors get the transcript."""
        thing = transcript.part_of
        self.of(thing).said().delete()
        facts = facts_of(thing) | owned_by(thing)
        pieces = cut(Cue(*row) for row in (() if is_gone else transcript.said()))
        insert_rows(self.model, (facts | _contents(piece) for piece in pieces))


def _contents(piece: Piece) -> dict[str, Any]:
    """Return the columns of a row without a title: with it, every piece of an episode would be a hit."""
    text = "\n".join(piece.lines)
    folded, grams = index_of("", "", "", fold_letters(text), shelf="said")
    return {"text": text, "places": piece.starts, "folded": folded, "grams": grams, "said_from": piece.starts[0]}

"""The facts about one save that several hooks of a ModelAdmin need, which know only the request."""

from dataclasses import dataclass

from interaxion.content.publishing.publishable import Publishable
from interaxion.content.saving.reading import Stored
from interaxion.desk.saving.merge_stale_save import MergeOutcome


@dataclass
class SaveContext:
    """`PublishableAdmin.changeform_view` puts one on every request, as `request.desk_save`."""

    #: The outcome of merging a stale form; None if the form began with the stored version.
    outcome: MergeOutcome | None = None
    #: The thing as it was read, for a save under the lock, until Django asks for it.
    read: Publishable | None = None
    #: The same as it is stored, which the form does not write into.
    locked: Stored | None = None
    #: Whether the save changed anything.
    is_edit: bool = False
    #: The version that the save left; 0 without one.
    version: int = 0

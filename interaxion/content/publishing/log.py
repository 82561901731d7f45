"""The log: who moved what, when, from which state to which. Nobody edits it; a move can be undone from its entry."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interaxion.content.owned_rows import OwnedQuerySet, OwnedRow
from interaxion.content.publishing.window import SEEN, STATE_LABELS, WINDOW_FIELDS, State


class LogEntryQuerySet(OwnedQuerySet):
    def moves(self) -> Self:
        """The entries that change the state; the others are about an address or a GUID."""
        return self.exclude(from_state=models.F("to_state"))

    def undoable(self) -> Self:
        """The entries that know the state before, even if only a date differs from it."""
        return self.exclude(before={})

    def seen(self) -> Self:
        """The entries from a time when visitors could see the thing, or had seen it."""
        return self.filter(models.Q(from_state__in=SEEN) | models.Q(to_state__in=SEEN))


#: What the columns of states hold; the last is the end of a thing.
LOGGED_STATES: dict[str, Any] = {str(state): label for state, label in STATE_LABELS.items()}
LOGGED_STATES["purged"] = _("Deleted for good")
#: Notes that are stored in one language.
_NOTES = {"import": _("import")}
#: The fields that a move changes.
MOVED = (*WINDOW_FIELDS, "path")


class LogEntry(OwnedRow):
    logged_at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    #: Null for a command.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
    )
    #: The thing's title at that time: the entry outlives the thing.
    title = models.CharField(_("title"), max_length=300)
    from_state = models.CharField(_("from"), max_length=10)
    to_state = models.CharField(_("to"), max_length=10)
    note = models.TextField(_("note"), blank=True)
    #: The thing's version at that time, and the MOVED fields before the move; empty if unknown.
    version = models.PositiveIntegerField(_("version"), null=True, editable=False)
    before = models.JSONField(default=dict, blank=True, editable=False)

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log")
        default_permissions = ("view",)
        indexes = [models.Index(fields=["content_type", "object_id"])]
        ordering = ["-logged_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.logged_at:%Y-%m-%d %H:%M} {self.title}: {self.from_state} → {self.to_state}"

    @property
    def from_label(self) -> str:
        return str(LOGGED_STATES[self.from_state])

    @property
    def to_label(self) -> str:
        return str(LOGGED_STATES[self.to_state])

    @property
    def shown_note(self) -> str:
        return str(_NOTES.get(self.note, self.note))

    @classmethod
    def of_move(cls, before: Any, after: Any, *, user: Any, note: str = "") -> Self:
        """Create the entry for the move from `before` to `after`, two copies of the same locked row."""
        return cls.objects.create(
            target=after,
            user=user,
            title=str(after)[:300],
            from_state=before.state(),
            to_state=after.state(),
            note=note,
            version=after.version,
            before={name: before._meta.get_field(name).value_to_string(before) for name in MOVED},
        )

    def give_back(self, thing: Any) -> State:
        """Set the fields of `thing`, in memory, to their values before the move. Return the state it had then."""
        for name in MOVED:
            value = self.before[name]
            setattr(thing, name, thing._meta.get_field(name).to_python(value) if value else None)
        return State(self.from_state)

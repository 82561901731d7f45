"""Giving one row back the parts that it had before a change, by the ordinary ways of its kind."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.dateparse import parse_datetime

from interaxion.content import paths
from interaxion.content.changes.plan import RowPlan
from interaxion.content.changes.states import ADDRESSES, FILES, TAGS, choices_of, relations_of
from interaxion.content.exporting.rows import claim_addresses
from interaxion.content.importing.imported import ImportedFile
from interaxion.content.owned_rows import owned_by
from interaxion.content.prefetching import forget_prefetched
from interaxion.content.publishing.log import MOVED, LogEntry
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.window import State
from interaxion.content.saving.storing import note_edit, store
from interaxion.content.saving.transitions import To, pass_door
from interaxion.content.search.rows import SearchRow

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


def give_back_thing(plan: RowPlan, *, user: "AbstractBaseUser | None", note: str) -> None:
    """Give a thing back its status through the door, and the rest with `store()`. Raises what these raise.

    People and tags alone need no `store()`: no HTML is derived from them, and rendering a whole show takes minutes.
    """
    model: Any = plan.model
    parts, thing = plan.parts, model.objects.get(pk=plan.row.object_id)
    has_moved = bool({"status", "deleted_at"} & parts.keys())
    if has_moved:
        before = {name: _value(model, name, parts.get(name, plan.now and plan.now.parts[name])) for name in MOVED}
        to = To.TRASH if before["deleted_at"] else To(before["status"])
        pass_door(thing, to, partial(_set_moved, before), user=user, note=note, is_confirmed=True)
        thing = model.objects.get(pk=thing.pk)
    else:
        LogEntry.objects.create(
            target=thing, user=user, title=str(thing)[:300], from_state=thing.state(), to_state=thing.state(), note=note
        )
    rest = {name: value for name, value in parts.items() if not (has_moved and name in MOVED)}
    people_and_tags = rest.keys() & {*_relations_with_people(model), TAGS}
    if rest.keys() - people_and_tags - {ADDRESSES, FILES}:
        _set_fields(thing, rest)
        related = partial(_write_related, thing, parts)
        store(thing, user=user, note=note, write_related=related, is_confirmed=True)
    elif people_and_tags:
        _write_related(thing, parts)
        note_edit(thing, user=user, note=note)
        SearchRow.objects.rename_in(thing)
    give_back_belongings(thing, plan)
    for name, ahead in plan.row.ahead_of_files.items():
        if ahead is not None:
            ImportedFile.objects.of(thing).filter(name=name).update(version=max(thing.version - ahead, 0))


def give_back_named(plan: RowPlan) -> None:
    """Give back a row without a version (a speaker, a tag, the podcast), or make it again with its key."""
    found = plan.model._base_manager.filter(pk=plan.row.object_id).first()
    row = found or plan.model(pk=plan.row.object_id)
    _set_fields(row, plan.parts)
    row.full_clean()
    row.save()
    give_back_belongings(row, plan)


def give_back_belongings(row: models.Model, plan: RowPlan) -> None:
    """Give back the addresses, the records of imported files, and what it chose from other rows."""
    parts = plan.parts
    if ADDRESSES in parts:
        strip_addresses(row, parts[ADDRESSES])
        claim_addresses(row, parts[ADDRESSES])
    if FILES in parts:
        ImportedFile.objects.of(row).exclude(name__in=parts[FILES]).delete()
        for name, values in parts[FILES].items():
            defaults = {**values, "imported_at": parse_datetime(values["imported_at"])}
            create = {**defaults, "version": 0}
            ImportedFile.objects.update_or_create(**owned_by(row), name=name, defaults=defaults, create_defaults=create)
    for name in choices_of(plan.model):
        if name in parts:
            related: Any = getattr(row, name)
            related.set(related.model._base_manager.filter(pk__in=parts[name]))


def strip_addresses(row: models.Model, addresses: dict[str, Any]) -> None:
    """Let go of the addresses that the row had not before, so that what had them can have them again."""
    paths.paths_of(row).exclude(path__in=[paths.normalise(address) for address in addresses]).delete()


def _relations_with_people(model: type[Publishable]) -> list[str]:
    """Return the relations whose rows say who speaks in a thing or wrote it."""
    return [name for name in relations_of(model) if hasattr(model._meta.get_field(name).related_model, "owner_field")]


def _set_moved(before: dict[str, Any], locked: Publishable) -> State:
    for name, value in before.items():
        setattr(locked, name, value)
    return locked.state()


def _set_fields(row: models.Model, parts: dict[str, Any]) -> None:
    for column in row._meta.concrete_fields:
        if column.name in parts:
            value = _value(type(row), column.name, parts[column.name])
            if isinstance(column, models.ForeignKey) and not _is_there(column, value):
                value = None  # only what may be empty: the plan keeps rows that miss anything else
            setattr(row, column.attname, value)


def _is_there(column: Any, pk: Any) -> bool:
    return pk is None or not column.null or column.related_model._base_manager.filter(pk=pk).exists()


def _value(model: type[models.Model], name: str, plain: Any) -> Any:
    """Return the value of a field that JSON has kept."""
    column = model._meta.get_field(name)
    if isinstance(column, models.ForeignKey | models.JSONField):
        return plain
    return None if plain in (None, "") and column.null else column.to_python(plain)


def _write_related(thing: Publishable, parts: dict[str, Any]) -> None:
    for name in relations_of(type(thing)):
        if name in parts:
            relation: Any = type(thing)._meta.get_field(name)
            model, owner = relation.related_model, relation.field.name
            model._base_manager.filter(**{owner: thing}).delete()
            rows = [model(**{owner: thing}) for _values in parts[name]]
            for row, values in zip(rows, parts[name], strict=True):
                _set_fields(row, values)
                row.clean_fields()
            model._base_manager.bulk_create(rows)
    if TAGS in parts:
        column: Any = type(thing)._meta.get_field(TAGS)
        thing.tags.set(column.related_model._base_manager.filter(pk__in=parts[TAGS]))
    forget_prefetched(thing)

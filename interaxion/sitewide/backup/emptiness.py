"""Whether a site may be replaced: it is empty, or holds the demo exactly as it was loaded."""

from hashlib import sha256

from django.apps import apps
from django.db import models

from interaxion.content.publishing.working_copies import WorkingCopy
from interaxion.sitewide.backup.refusals import BackupRefused
from interaxion.sitewide.backup.rows import write_rows
from interaxion.sitewide.backup.schema import newest_state, present_state
from interaxion.sitewide.backup.tables import kept_models
from interaxion.sitewide.models import DemoMark

#: Written by the site itself as time passes.
VOLATILE = frozenset({"content.sitestate", "content.linkstatus", DemoMark._meta.label_lower})
#: Written by migrations.
INITIAL = frozenset(
    {"contenttypes.contenttype", "auth.permission", "auth.group", "auth.group_permissions", "content.synonyms"}
)
#: The columns that a visit of the desk changes.
VISITS = ("last_login",)


def refuse_unless_empty() -> None:
    """Raises BackupRefused if the database holds anything that a person made, or if that is not certain."""
    state = present_state()
    if not state:
        return
    if state != newest_state():
        raise BackupRefused("The database here is of another release: run `manage.py prepare` first.")
    filled = filled_tables()
    if filled and not is_untouched_demo():
        raise BackupRefused(
            f"This site is not empty ({', '.join(filled[:3])}). A backup is only restored into an empty one, so that"
            " nothing is lost. Set VAR_DIR to a new folder, or DATABASE_URL and MEDIA_ROOT to new places."
        )


def filled_tables() -> list[str]:
    """Return the names of the tables in which there is anything beside what migrations write."""
    found = [model for model in _models(without=INITIAL) if _rows(model).exists()]
    return [str(model._meta.verbose_name_plural) for model in found]


def mark_demo() -> None:
    """Remember the whole database as it is now, right after the demo was loaded into an empty one."""
    DemoMark.objects.update_or_create(pk=1, defaults={"digest": _digest()})


def is_untouched_demo() -> bool:
    """Whether nothing has changed since `mark_demo()`."""
    return DemoMark.objects.filter(digest=_digest()).exists()


def _digest() -> str:
    digest = sha256()
    for model in _models():
        digest.update(f"{model._meta.label_lower}\n".encode())
        for line in write_rows(_rows(model), without=VISITS):
            digest.update(line)
    return digest.hexdigest()


def _rows(model: type[models.Model]) -> models.QuerySet:
    """Return the rows that somebody wrote: a form that is only looked at has a working copy, too."""
    rows = model._base_manager.all()
    return rows.exclude(data="") if model is WorkingCopy else rows


def _models(*, without: frozenset[str] = frozenset()) -> list[type[models.Model]]:
    return [model for model in kept_models(apps) if model._meta.label_lower not in VOLATILE | without]

"""Which tables are in a backup: all that Django manages, except what is derived and what nobody misses."""

from django.apps.registry import Apps
from django.db import models

from interaxion.content.checks.problem_counts import ProblemCount
from interaxion.content.publishing.derived_rows import derived_models

#: Sessions (everybody logs in again), jobs with the results of their tasks, and what the hub was told.
TRANSIENT = frozenset({"sessions.session", "django_tasks_database.dbtaskresult", "content.job", "sitewide.toldhub"})


def kept_models(apps: Apps) -> list[type[models.Model]]:
    """Return the models of the tables that a backup holds, by label; `apps` may be that of an older migration state."""
    derived = {ProblemCount._meta.label_lower, *(model._meta.label_lower for model in derived_models())}
    found = (model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy)
    kept = (model for model in found if model._meta.managed and model._meta.label_lower not in TRANSIENT | derived)
    return sorted(kept, key=lambda model: model._meta.label_lower)

"""Publishing the files whenever visitors would see a change: also one that the clock alone makes.

The worker compares what was published last with what is there now. Where PUBLISH_COMMAND is set, it freezes the site
into VAR_DIR/frozen and runs the command in that folder: `git push`, `rsync`, a script.
"""

import os
import shlex
import subprocess  # nosec B404
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy, gettext_noop

from interaxion.content.jobs.job import Job
from interaxion.content.jobs.kinds import JobKind, register
from interaxion.content.jobs.queueing import queue_job
from interaxion.content.jobs.watching import watch
from interaxion.content.jobs.work import Work
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.release import release_key
from interaxion.sitewide.freezing.site import freeze_site
from interaxion.sitewide.management.one_at_a_time import one_at_a_time
from interaxion.sitewide.models import PublishedFiles

#: Seconds that the command may take: a first push of years of audio is slow.
PATIENCE = 3600
#: A command that failed is run again after this time, if nothing else has changed.
AGAIN_AFTER = timedelta(minutes=15)
#: Characters of what the command says that are kept, from its end.
MOST_OUTPUT = 2000


class PublishFailed(Exception):
    """The operator's command did not do its work, or the site could not be written."""


def folder() -> Path:
    return Path(settings.VAR_DIR) / "frozen"


def present_state() -> str:
    """Return a key that changes whenever a visitor could see a change."""
    return SiteState.current().etag(release_key(), settings.PUBLISH_URL, settings.PUBLISH_COMMAND)


@watch
def publish_what_changed() -> None:
    """Queue the job if the files are not as the site is. Two light queries if they are."""
    if not settings.PUBLISH_COMMAND or PublishedFiles.current().seen == present_state():
        return
    if not _failed_lately():
        queue_job(PUBLISH, subject="files", about=settings.PUBLISH_URL, inputs={"seen": present_state()}, user=None)


def publish(work: Work) -> None:
    """Freeze the site and run the command. Raises PublishFailed, FolderRefused, OSError."""
    seen = present_state()
    work.expect(2)
    changed = _freeze()
    work.step(WRITTEN, changed=changed)
    _run(shlex.split(settings.PUBLISH_COMMAND), cwd=folder(), seconds=PATIENCE)
    PublishedFiles.objects.update_or_create(pk=1, defaults={"seen": seen, "frozen_at": timezone.now()})
    work.step(SENT)


def _freeze() -> str:
    """Write the files. Where they are served at another address than the site, a process with its settings does it."""
    if settings.PUBLISH_URL == settings.SITE_URL:
        with one_at_a_time("freeze"):
            return str(freeze_site(folder()).tree.changed)
    manage = Path(settings.BASE_DIR) / "manage.py"
    return _run([sys.executable, str(manage), "freeze", str(folder())], env=environment_at(settings.PUBLISH_URL))


def environment_at(site_url: str) -> dict[str, str]:
    """Return the environment of a process that makes the pages for this address."""
    return {**os.environ, "SITE_URL": site_url, "SECRET_KEY": settings.SECRET_KEY, "PUBLISH_COMMAND": ""}


def _run(command: list[str], *, seconds: float | None = None, **options: Any) -> str:
    """Return the last line of what the program says."""
    try:
        done = subprocess.run(  # noqa: S603 (the operator's own command, or ours)  # nosec B603
            command, capture_output=True, timeout=seconds, check=False, stdin=subprocess.DEVNULL, **options
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise PublishFailed(str(problem)) from problem
    output = (done.stdout + done.stderr).decode(errors="replace").strip()
    if done.returncode:
        raise PublishFailed(f"{command[0]} ended with {done.returncode}\n{output[-MOST_OUTPUT:]}")
    return output.rpartition("\n")[2]


def may_see(user: Any, inputs: Mapping[str, Any]) -> bool:
    return user.has_perm("episodes.publish_episode")


def _failed_lately() -> bool:
    """Whether the same state was tried a while ago, and did not go through."""
    last = Job.objects.find_lately_failed(PUBLISH.name, AGAIN_AFTER)
    return last is not None and last.inputs["seen"] == present_state()


WRITTEN = gettext_noop("files written or deleted: %(changed)s")
SENT = gettext_noop("PUBLISH_COMMAND has sent them")
PUBLISH = register(JobKind("publish_files", gettext_lazy("Publishing the site as files: %(about)s"), publish, may_see))

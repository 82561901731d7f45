"""PUBLISH_COMMAND: a real push into an empty repository, by the worker, whenever visitors would see a change."""

import shlex
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from interaxion.content.jobs.job import Job, JobState
from interaxion.content.jobs.watching import look_around
from interaxion.content.jobs.work import Work
from interaxion.sitewide.checks import check_that_files_follow
from interaxion.sitewide.freezing.publishing import PublishFailed, publish, publish_what_changed
from interaxion.sitewide.models import PublishedFiles
from tests.factories import make_episode

pytestmark = pytest.mark.django_db


@pytest.fixture
def remote(tmp_path, settings):
    """An empty repository that PUBLISH_COMMAND pushes to."""
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir()
    remote = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", remote], check=True)
    settings.PUBLISH_COMMAND = shlex.join(["sh", str(settings.BASE_DIR / ".deploy" / "push-files.sh"), str(remote)])
    return remote


def run_job():
    publish(Work(Job.objects.get(kind="publish_files", state=JobState.QUEUED)))
    Job.objects.filter(kind="publish_files").update(state=JobState.DONE)


def names_in(remote):
    listing = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", "gh-pages"], cwd=remote, capture_output=True, text=True
    )
    return set(listing.stdout.split())


def test_schedule_boundary_brings_an_episode_to_the_repository(remote, monkeypatch):
    make_episode(number="1", live=True)
    make_episode(number="2", publish_at=timezone.now() + timedelta(hours=1))
    look_around()
    run_job()
    assert "1.html" in names_in(remote)
    assert "2.html" not in names_in(remote)
    publish_what_changed()
    assert not Job.objects.unfinished().exists(), "nothing has changed"
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    look_around()
    run_job()
    assert "2.html" in names_in(remote)


def test_push_goes_on_from_what_somebody_else_pushed(remote, tmp_path, settings):
    """A folder that was lost, or another machine: the branch keeps its history."""
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "index.html").write_text(name)
        subprocess.run(shlex.split(settings.PUBLISH_COMMAND), cwd=folder, check=True)

    log = subprocess.run(["git", "rev-list", "--count", "gh-pages"], cwd=remote, capture_output=True, text=True)
    shown = subprocess.run(["git", "show", "gh-pages:index.html"], cwd=remote, capture_output=True, text=True)
    assert (log.stdout.strip(), shown.stdout) == ("2", "second")


def test_command_that_fails_is_told_and_tried_again_later(remote, settings):
    make_episode(number="1", live=True)
    failing = "import sys; print('no key'); sys.exit(3)"
    settings.PUBLISH_COMMAND = shlex.join([sys.executable, "-c", failing])
    publish_what_changed()
    job = Job.objects.get(kind="publish_files")
    with pytest.raises(PublishFailed, match=r"ended with 3\nno key"):
        publish(Work(job))
    assert not PublishedFiles.current().seen
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED)
    publish_what_changed()
    assert not Job.objects.unfinished().exists(), "the same is not tried at once"
    Job.objects.filter(pk=job.pk).update(queued_at=timezone.now() - timedelta(minutes=16))
    publish_what_changed()
    assert Job.objects.unfinished().exists()


def test_check_says_that_somebody_has_to_freeze_after_the_date(settings):
    at_once = make_episode(number="1", live=True)
    later = make_episode(number="2", publish_at=timezone.now() + timedelta(hours=1))
    assert not check_that_files_follow(later), "nobody has frozen the site"
    PublishedFiles.objects.create(pk=1, frozen_at=timezone.now())
    assert [problem.field for problem in check_that_files_follow(later)] == ["publish_at"]
    assert not check_that_files_follow(at_once)
    settings.PUBLISH_COMMAND = "push"
    assert not check_that_files_follow(later)


def test_nothing_is_frozen_without_a_command(settings):
    make_episode(number="1", live=True)
    settings.PUBLISH_COMMAND = ""
    publish_what_changed()
    assert not Job.objects.exists()

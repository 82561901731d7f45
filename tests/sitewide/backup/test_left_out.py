"""No backup holds jobs, or uploads that wait for one."""

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from interaxion.content.jobs.uploads import keep_upload
from interaxion.sitewide.backup.media import stored_names
from interaxion.sitewide.backup.tables import kept_models


def test_jobs_and_their_results_are_left_out():
    labels = {model._meta.label_lower for model in kept_models(apps)}

    assert "content.revision" in labels
    assert not {"content.job", "django_tasks_database.dbtaskresult"} & labels


@pytest.mark.django_db
def test_uploads_that_wait_for_a_job_are_left_out():
    keep_upload(SimpleUploadedFile("a.md", b"text"))

    assert list(stored_names()) == []

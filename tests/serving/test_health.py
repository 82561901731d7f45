"""`/healthz` is red where a page would fail, and green elsewhere."""

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext
from django.utils.functional import empty

from interaxion.content.release import VERSION, release_key
from interaxion.serving import health

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def new_process(monkeypatch):
    """Behave like a process that has just started."""
    monkeypatch.setattr(health, "_start", health._Start())


@pytest.fixture
def hashed_static_files(settings, monkeypatch):
    backend = {"BACKEND": "interaxion.static_storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": backend}
    monkeypatch.setattr(staticfiles_storage, "_wrapped", empty)  # it is read when a process starts
    yield
    monkeypatch.undo()


def test_healthy_site_says_its_release(client):
    response = client.get("/healthz")

    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    assert response.json() == {"status": "ok", "version": VERSION, "release": release_key()}


def test_healthy_process_asks_one_small_query(client):
    client.get("/healthz")

    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/healthz")

    assert [query["sql"] for query in queries] == ["SELECT 1"]


def test_database_of_an_older_release_is_red_until_it_is_brought_up(client):
    recorder = MigrationRecorder(connection)
    (newest,) = MigrationLoader(connection).graph.leaf_nodes("sitewide")
    recorder.record_unapplied(*newest)

    response = client.get("/healthz")
    assert (response.status_code, response.json()["status"]) == (503, "failing")
    assert "older release" in response.json()["problems"][0]
    assert response["Retry-After"]

    recorder.record_applied(*newest)
    assert client.get("/healthz").status_code == 200


@pytest.mark.usefixtures("hashed_static_files")
def test_missing_static_files_are_red(client):
    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["problems"] == [
        "static files of this release are missing: run manage.py prepare and restart"
    ]


def test_static_files_of_an_older_release_are_red(client, settings, hashed_static_files, monkeypatch, tmp_path):
    newer = tmp_path / "newer"
    newer.mkdir()
    (newer / "app.css").touch()
    call_command("collectstatic", interactive=False, verbosity=0)
    assert client.get("/healthz").status_code == 200

    monkeypatch.setattr(health, "_start", health._Start())
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, newer]

    assert client.get("/healthz").status_code == 503

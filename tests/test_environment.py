"""The values that settings.py takes from the environment: where one is wrong, one line says which and the cure."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from interaxion import environment
from tests.drills.site import ROOT
from tests.services import free_port


def test_mail_server_is_read_from_its_address():
    assert environment.mail("smtp+tls://show%40mail:p%3Aw@mail.example") == {
        "host": "mail.example",
        "port": 587,
        "username": "show@mail",
        "password": "p:w",
        "use_tls": True,
        "use_ssl": False,
    }
    assert environment.mail("smtps://mail.example:2465")["port"] == 2465
    assert environment.mail("smtps://mail.example")["use_ssl"]
    assert environment.mail("smtp://localhost")["port"] == 25
    assert environment.mail("") == {}


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://"])
def test_what_is_no_mail_server_is_refused(url):
    with pytest.raises(ValueError, match="EMAIL_URL"):
        environment.mail(url)


def test_object_storage_is_read_from_its_address():
    storage = environment.media_storage("s3://key:se%2Fcret@s3.example:9000/bucket/a%20folder?region=eu-central-1")

    assert storage["OPTIONS"] == {
        "access_key": "key",
        "secret_key": "se/cret",
        "endpoint_url": "https://s3.example:9000",
        "bucket_name": "bucket",
        "location": "a folder",
        "region_name": "eu-central-1",
    }
    assert environment.media_storage("s3+http://localhost/b")["OPTIONS"]["endpoint_url"] == "http://localhost"
    assert environment.media_storage("s3://localhost/b")["OPTIONS"]["access_key"] is None
    assert "DiskStorage" in environment.media_storage("")["BACKEND"]


@pytest.mark.parametrize("url", ["/srv/media", "s3:///bucket", "s3://host", "s3://host/", "http://host/bucket"])
def test_what_is_no_object_storage_is_refused(url):
    with pytest.raises(ValueError, match="MEDIA_STORAGE"):
        environment.media_storage(url)


@pytest.mark.parametrize("password", ["p#w", "p/w", "1/w", "1#w", "p?w", "1?w", "p[w"])
@pytest.mark.parametrize("url", ["postgres://show:{}@host/name", "redis://:{}@host/0", "smtp://show:{}@host"])
def test_password_with_characters_of_an_address_is_refused_with_the_cure_and_not_shown(url, password):
    read = {"post": environment.database, "redi": environment.caches, "smtp": environment.mail}[url[:4]]
    arguments = {} if read is environment.mail else {"default" if url[:4] == "post" else "folder": Path("none")}

    with pytest.raises(ValueError, match="percent-encode the password") as refused:
        read(url.format(password), **arguments)

    assert password not in str(refused.value)


@pytest.mark.parametrize(("option", "times"), [("", 2), ("?prepare_threshold=5", 5), ("?prepare_threshold=off", None)])
def test_plans_of_queries_can_be_kept_out_of_a_pool(option, times):
    options = environment.database(f"postgres://host/name{option}", default=Path("x"))["OPTIONS"]

    assert options == {"connect_timeout": "5", "prepare_threshold": times}


def test_percent_encoded_password_is_read():
    assert environment.database("postgres://show:p%23%2F%40@host/name", default=Path("x"))["PASSWORD"] == "p#/@"


def test_sqlite_file_is_for_its_owner_alone(tmp_path):
    new, old = tmp_path / "new.sqlite3", tmp_path / "old@home.sqlite3"
    old.touch(mode=0o644)

    for file in (new, old):
        assert environment.database(f"sqlite:///{file}", default=tmp_path / "default")["NAME"] == str(file)

    assert [oct(file.stat().st_mode & 0o777) for file in (new, old)] == ["0o600", "0o600"]


WRONG = {
    "DATABASE_URL": ["postgres://show:p#w@host/name", "postgres://show@host", "mysql://host/name", "sqlite:////no/x"],
    "CACHE_URL": ["memcached://host"],
    "EMAIL_URL": ["mail.example"],
    "VAR_DIR": ["/dev/null/var"],
    "PORT": ["eighty"],
    "DEBUG": ["perhaps"],
    "SITE_URL": ["show.example"],
    "WEB_CONCURRENCY": ["many"],
    "ERROR_HOOK": ["mailto:me"],
    "WEBSUB_HUB": ["hub.example"],
    "WORK_LOOKUPS": ["perhaps"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_wrong_setting_is_told_in_one_line(tmp_path, name, value):
    environment = os.environ | {"VAR_DIR": str(tmp_path), name: value}
    command = [sys.executable, "manage.py", "check"]

    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert ended.returncode == 1
    assert ended.stdout == ""
    assert [name in line for line in ended.stderr.strip().splitlines()] == [True]


def test_database_that_is_away_is_told_in_one_line(tmp_path):
    url = f"postgres://show:secret@127.0.0.1:{free_port()}/show"
    environment = os.environ | {"VAR_DIR": str(tmp_path), "DATABASE_URL": url}
    command = [sys.executable, "manage.py", "prepare"]

    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stdout) == (1, "")
    assert len(ended.stderr.splitlines()) == 1
    assert ended.stderr.startswith("The database does not answer (DATABASE_URL): connection failed")
    assert "secret" not in ended.stderr


def test_number_may_have_a_least_value(monkeypatch):
    assert environment.number("BACKUPS_KEPT", 7, at_least=1) == 7
    monkeypatch.setenv("BACKUPS_KEPT", "30")
    assert environment.number("BACKUPS_KEPT", 7, at_least=1) == 30
    for wrong in ("0", "-1", "many", "１"):
        monkeypatch.setenv("BACKUPS_KEPT", wrong)
        with pytest.raises(ValueError, match="BACKUPS_KEPT must be a whole number of at least 1"):
            environment.number("BACKUPS_KEPT", 7, at_least=1)

"""A site of every release is brought up to this one by `prepare`, and every address says the same."""

import gzip
import json
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from tests.upgrade.making import RELEASES, run

pytestmark = pytest.mark.postgres


@pytest.fixture
def database(tmp_path):
    """Return a function that makes a database of a kept one, beside that of the tests, and returns its address."""
    made = []

    def make(release: str) -> str:
        kept = gzip.decompress((RELEASES / release / f"{connection.vendor}.gz").read_bytes())
        if connection.vendor == "sqlite":
            (tmp_path / "interaxion.sqlite3").write_bytes(kept)
            return ""
        name = f"upgrade_{release.replace('.', '_')}"
        with psycopg.connect(_address(), autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name}")
        made.append(name)
        address = urlsplit(_address())._replace(path=f"/{name}").geturl()
        with psycopg.connect(address) as new:
            new.execute(kept)
        return address

    yield make
    for name in made:
        with psycopg.connect(_address(), autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _address() -> str:
    values = connection.settings_dict
    return f"postgres://{values['USER']}@{values['HOST']}:{values['PORT']}/postgres"


@pytest.mark.parametrize("release", sorted(folder.name for folder in RELEASES.iterdir()))
def test_every_address_of_an_earlier_release_says_the_same(release, database, tmp_path):
    site = {"VAR_DIR": str(tmp_path), "DATABASE_URL": database(release), "DEMO": "0"}

    run(site, "manage.py", "prepare")

    before = json.loads((RELEASES / release / "addresses.json").read_text())
    assert len(before) > 100
    assert json.loads(run(site, "-m", "tests.upgrade.addresses")) == before

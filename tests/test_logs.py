"""The log: one form of line for the server and Django."""

import logging
import os
import re
import subprocess
import sys

import psycopg
import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from interaxion.logs import Line, calm
from interaxion.serving.errors.request_id import RequestIdMiddleware, current_request_id
from interaxion.sitewide.asking import Site
from interaxion.sitewide.moving.site_probe import SiteProbe
from tests.drills.site import ROOT

#: The server's own logger, as gunicorn makes it, before Django is there and after.
SERVER = """
import logging, os
from gunicorn.config import Config
from gunicorn.glogging import Logger
from interaxion.server import gunicorn_config

os.environ["DJANGO_SETTINGS_MODULE"] = "interaxion.settings"
config = Config()
for name in ("loglevel", "logconfig_dict"):
    config.set(name, getattr(gunicorn_config, name))
log = Logger(config)
log.info("nobody needs this")
log.warning("from the master")
import django
django.setup()  # it sets the zone of the process
log.error("from a worker")
logging.getLogger("django.request").warning("Not Found: %s", "/x", extra={"status_code": 404})
logging.getLogger("episodes").warning("from the site")
"""
TIME = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\+09:00"


def test_lines_of_server_and_site_have_one_form_and_one_zone(tmp_path):
    environment = os.environ | {"VAR_DIR": str(tmp_path), "TZ": "America/New_York"}
    command = [sys.executable, "-c", SERVER]

    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)

    assert told.stdout == ""
    assert [re.sub(f"^{TIME} ", "", line) for line in told.stderr.splitlines()] == [
        "WARNING - gunicorn.error: from the master",
        "ERROR - gunicorn.error: from a worker",
        "INFO - django.request: Not Found: /x",
        "WARNING - episodes: from the site",
    ]


@pytest.mark.django_db
def test_request_keeps_its_id_in_the_log_when_it_asks_for_a_page():
    RequestIdMiddleware(lambda request: HttpResponse())(
        RequestFactory().get("/", headers={"x-request-id": "of-a-save"})
    )

    with Site().ask("/nothing"):
        pass

    assert current_request_id() == "of-a-save"


@pytest.mark.parametrize("asking", [SiteProbe, Site])
@pytest.mark.django_db
def test_page_that_a_command_asked_for_in_vain_is_no_entry(asking, caplog):
    """Its report says so: 171 such lines stood around one of 28."""
    answer = asking().ask("/nothing")
    if asking is Site:
        with answer as response:
            assert response.status_code == 404
    else:
        assert answer.status == 404

    (record,) = [record for record in caplog.records if record.name == "django.request"]
    assert not calm(record)


def test_database_that_is_away_is_one_line_without_traceback():
    problem = OperationalError("connection failed:\n100% refused")
    problem.__cause__ = psycopg.OperationalError()
    exc_info = (type(problem), problem, None)
    record = logging.LogRecord("django.request", logging.ERROR, "", 1, "%s: %s", ("Unavailable", "/%e3"), exc_info)

    assert calm(record)

    assert Line("Asia/Tokyo").format(record).endswith("Unavailable: /%e3: connection failed: 100% refused")


@pytest.mark.django_db
@pytest.mark.parametrize(("sent", "is_taken"), [("0b7c-proxy.id", True), ("short", False), ("two words here", False)])
def test_line_has_the_request_id_of_the_proxy_if_it_is_well_formed(client, sent, is_taken):
    client.get("/nothing", headers={"X-Request-ID": sent})

    line = Line("UTC").format(logging.LogRecord("a", logging.ERROR, "", 1, "b", (), None))
    assert (sent in line) == is_taken
    assert re.search(r"ERROR [\w.-]{8,64} a: b", line)

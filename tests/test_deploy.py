"""The files that operators copy (compose.yaml, the image, systemd units, nginx examples) name what there is.

Docker is not needed: the files are read, and nginx and systemd judge theirs.
"""

import re
import shlex
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from interaxion import settings
from tests.services import DEPLOY, free_port, nginx_program

ROOT = DEPLOY.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()
UNITS = sorted(DEPLOY.glob("*.service"))


def managed(words: list[str]) -> list[str]:
    """Return the subcommands of `manage.py` in a command line."""
    text = " ".join(words)
    return re.findall(r"python manage\.py (\w+)", text)


def test_image_is_made_of_what_there_is():
    copied = re.findall(r"^COPY (\S+) ", DOCKERFILE, re.MULTILINE)

    assert {"requirements.txt", "manage.py", "interaxion", "templates", "static"} < set(copied)
    assert [path for path in copied if not (ROOT / path).exists()] == []
    packages = {path.name for path in ROOT.iterdir() if (path / "__init__.py").exists()} - {"tests"}
    assert packages <= set(copied)
    assert managed([DOCKERFILE]) == ["collectstatic"]


def test_images_have_a_tag():
    named = [service["image"] for service in SERVICES.values() if "build" not in service]
    named += re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)

    assert named
    assert [image for image in named if not re.fullmatch(r"[a-z]+:\d[\w.-]+", image)] == []


def test_every_command_of_compose_exists():
    found = {name: managed(service["command"]) for name, service in OURS.items() if "command" in service}

    assert found == {"prepare": ["prepare"], "tick": ["tick"]}
    assert {each for names in found.values() for each in names} <= set(get_commands())


def test_every_service_and_volume_that_compose_names_exists():
    volumes = set(COMPOSE["volumes"])
    for name, service in SERVICES.items():
        assert set(service.get("depends_on", {})) <= set(SERVICES), name
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert (ROOT / source).is_file() if source.startswith("./") else source in volumes, volume
    assert {volume.split(":")[1] for volume in OURS["prepare"]["volumes"]} == {"/site/var/media", "/site/var/backups"}
    for folder in ("var/media", "var/backups"):
        assert folder in re.search(r"install --directory --owner site (.*)", DOCKERFILE)[1].split()


def test_app_can_be_scaled():
    assert "ports" not in SERVICES["app"] and "container_name" not in SERVICES["app"]
    for name in ("app", "tick"):
        assert SERVICES[name]["depends_on"]["prepare"] == {"condition": "service_completed_successfully"}
    assert SERVICES["prepare"]["restart"] == "no"
    assert re.search(r"resolver 127\.0\.0\.11", (DEPLOY / "nginx-compose.conf").read_text())


def test_settings_of_compose_and_readme_are_those_of_the_site():
    known = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)*\b", settings.__doc__ or ""))

    assert {name for service in OURS.values() for name in service["environment"]} <= known
    table = (ROOT / "README.md").read_text().partition("## Settings")[2].partition("\n## ")[0]
    told = {name for row in re.findall(r"^\| (`[^|]*) \|", table, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    assert told <= known


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_unit_runs_what_there_is(unit):
    lines = re.findall(r"^Exec\w+=(.*)$", unit.read_text(), re.MULTILINE)

    for line in lines:
        program, *arguments = shlex.split(line)
        assert (Path(sys.executable).parent / Path(program).name).exists()
        assert set(managed(["python", *arguments])) <= set(get_commands())
    assert lines


def test_units_share_their_settings_and_limits():
    """A timer that wrote elsewhere, or as somebody else, would work on another site."""
    shared = ("User", "WorkingDirectory", "EnvironmentFile", "StateDirectory", "StateDirectoryMode", "ProtectSystem")
    sections = []
    for unit in UNITS:
        parser = ConfigParser(strict=False, interpolation=None)
        parser.optionxform = str
        parser.read(unit)
        sections.append({name: parser["Service"][name] for name in shared})

    assert len(sections) == 2
    assert sections[0] == sections[1]


@pytest.mark.systemd
def test_systemd_accepts_the_units(tmp_path):
    (tmp_path / "settings.env").touch()
    for file in [*UNITS, *DEPLOY.glob("*.timer")]:
        text = file.read_text().replace("/etc/interaxion.env", f"{tmp_path}/settings.env")
        (tmp_path / file.name).write_text(text.replace("/srv/interaxion", str(ROOT)))

    judged = subprocess.run(
        ["systemd-analyze", "verify", *map(str, tmp_path.glob("*.service")), *map(str, tmp_path.glob("*.timer"))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (judged.returncode, judged.stdout + judged.stderr) == (0, "")


@pytest.mark.nginx
@pytest.mark.parametrize("name", ["nginx.conf", "nginx-compose.conf"])
def test_nginx_accepts_the_examples(tmp_path, name):
    example = (DEPLOY / name).read_text().replace("/etc/nginx/nginx-site.conf", str(DEPLOY / "nginx-site.conf"))
    example = re.sub(r"listen \d+( ssl)?;", lambda port: f"listen 127.0.0.1:{free_port()}{port[1] or ''};", example)
    if "ssl_certificate" in example:
        example = re.sub(r"/etc/letsencrypt/\S+/(\w+\.pem)", rf"{tmp_path}/\1", example)
        new = ["openssl", "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-subj", "/CN=show.example"]
        files = ["-keyout", str(tmp_path / "privkey.pem"), "-out", str(tmp_path / "fullchain.pem")]
        subprocess.run([*new, *files], capture_output=True, check=True)
    folders = " ".join(f"{kind}_temp_path {tmp_path}/{kind};" for kind in ("proxy", "fastcgi", "uwsgi", "scgi"))
    configuration = tmp_path / "nginx.conf"
    configuration.write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/log warn; events {{ }}\n"
        f"http {{ access_log off; client_body_temp_path {tmp_path}/body; {folders}\n{example}\n}}\n"
    )

    judged = subprocess.run(
        [nginx_program(), "-t", "-c", str(configuration), "-p", str(tmp_path)], capture_output=True, check=False
    )

    assert judged.returncode == 0, judged.stderr

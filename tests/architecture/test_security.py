"""SECURITY.md promises nothing that no test covers."""

import re

import pytest
from django.conf import settings

ROWS = [
    [column.strip() for column in line.strip("|").split(" | ")]
    for line in (settings.BASE_DIR / "SECURITY.md").read_text().splitlines()
    if line.startswith("| ") and not line.startswith("| against")
]
REQUIREMENT = re.compile(r"^\S+==\S+(?: ; [^\\]+)? \\\n    --hash=sha256:[0-9a-f]{64}", re.MULTILINE)


def defines(node: str) -> bool:
    file, _mark, name = node.partition("::")
    path = settings.BASE_DIR / file
    return path.is_file() and f"\ndef {name}(" in path.read_text()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_threat_names_tests_that_exist(row):
    _threat, _defence, covered = row
    nodes = re.findall(r"`([^`]+)`", covered)

    assert nodes
    assert [node for node in nodes if not defines(node)] == []


def test_table_of_threats_is_read():
    assert len(ROWS) > 10


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_dependency_is_pinned_with_its_hashes(file):
    text = (settings.BASE_DIR / file).read_text()

    named = re.findall(r"^[a-z0-9].*", text, re.MULTILINE)

    assert len(named) == len(REQUIREMENT.findall(text)) > 10

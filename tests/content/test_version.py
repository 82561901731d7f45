"""The version is the same wherever it stands."""

import re
import tomllib

from django.conf import settings

from interaxion.content.release import VERSION


def test_project_file_and_changelog_say_the_version_of_the_code():
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]
    changelog = (settings.BASE_DIR / "CHANGELOG.md").read_text()

    assert project["version"] == VERSION
    assert re.search(r"^## (\d+\.\d+\.\d+) · \d{4}-\d\d-\d\d$", changelog, re.MULTILINE)[1] == VERSION

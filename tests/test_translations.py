"""Every sentence of the interface is translated, and the compiled catalogues match their sources."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

CATALOGUES = sorted(path for folder in settings.LOCALE_PATHS for path in Path(folder).rglob("*.po"))
# The sentences in the code are in English.
TRANSLATED = [path for path in CATALOGUES if path.parts[-3] != "en"]

pytestmark = pytest.mark.gettext


def _catalogue_name(path: Path) -> str:
    return f"{path.parts[-3]}-{path.stem}"


def _output(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("source", CATALOGUES, ids=_catalogue_name)
def test_catalogue_is_compiled_as_it_stands(source, tmp_path):
    fresh = tmp_path / "fresh.mo"

    _output("msgfmt", "--check", "--output-file", fresh, source)

    compiled = source.with_suffix(".mo")
    assert _output("msgunfmt", compiled) == _output("msgunfmt", fresh), "run: manage.py compilemessages"


@pytest.mark.parametrize("source", TRANSLATED, ids=_catalogue_name)
@pytest.mark.parametrize("state", ["untranslated", "fuzzy"])
def test_catalogue_lacks_nothing(source, state):
    missing = _output("msgattrib", f"--{state}", "--no-obsolete", "--no-wrap", source)

    header, *sentences = [line for line in missing.splitlines() if line.startswith("msgid ")] or [""]
    assert sentences == []


def test_japanese_numbers_touch_their_counters():
    [japanese] = TRANSLATED
    counters = "個|件|文字|行|日|章|通|回|人|つ|秒|か所|枚|ページ|バイト|版"
    parted = rf'^(?:msgstr.*|".*)(?:\)[sd]|\d) (?:{counters})|^msgstr.*第 %'

    assert re.findall(parted, japanese.read_text(), re.MULTILINE) == []

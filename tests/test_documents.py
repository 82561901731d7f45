"""The documents at the root: what they link to is there, and the commands and settings that they name exist."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from interaxion import settings

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted(ROOT.glob("*.md"))
SETTINGS = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)*\b", settings.__doc__ or ""))
#: Variables of compose and of our Makefile, and words that stand for something in an option.
OTHER_NAMES = {
    "POSTGRES_PASSWORD", "BENCH_JSON", "BENCH_PEERS", "DRILL_SECONDS", "FUZZ_SECONDS", "SIZE", "GUID", "KEY",
}  # fmt: skip


def texts_of(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def headings(text: str) -> set[str]:
    """Return the anchors that GitHub gives to headings: lower case, without punctuation, hyphens for spaces."""
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    }


def links(text: str) -> list[str]:
    return re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL))


def code(text: str) -> str:
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document):
    broken = []
    for link in links(texts_of(document)):
        if re.match(r"\w+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = ROOT / name if name else document
        if not target.exists() or (anchor and anchor not in headings(texts_of(target))):
            broken.append(link)

    assert broken == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_and_options_that_documents_name_exist(document):
    commands, unknown = get_commands(), []
    for name, rest in re.findall(r"manage\.py ([a-z_]+)([^`\n;#]*)", code(texts_of(document))):
        if name not in commands and name != "rqworker":
            unknown.append(name)
        elif (app := commands.get(name, "")).startswith(("interaxion", "episodes")):
            known = load_command_class(app, name).create_parser("manage.py", name).format_help()
            unknown += [option for option in re.findall(r"--[a-z][a-z-]*", rest) if option not in known]

    assert unknown == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_targets_of_make_that_documents_name_exist(document):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert set(re.findall(r"\bmake ([a-z]+)\b", code(texts_of(document)))) <= targets


@pytest.mark.parametrize("name", ["README.md", "README.ja.md", "MOVING.md", "MOVING.ja.md", "OPERATING.md"])
def test_settings_that_documents_set_exist(name):
    named = set(re.findall(r"(?<![\w-])([A-Z]+(?:_[A-Z]+)*)=", code(texts_of(ROOT / name))))

    assert named - OTHER_NAMES <= SETTINGS

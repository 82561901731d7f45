"""Production serves hashed static files: each one that a template or a style sheet names must exist."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from PIL import Image

from episodes.cards.picture import HEIGHT, WIDTH
from interaxion.serving.templatetags.style_sheets import GROUPS

STATIC_TAG = re.compile(r"""{% static ["']([^"']+)["']""")
STYLE_SHEETS_TAG = re.compile(r"{% style_sheets ([^%]+)%}")


def sheets_in(source: str) -> set[str]:
    """Return the style sheets that the tag `style_sheets` of templates names."""
    names = {name.strip('"') for tag in STYLE_SHEETS_TAG.findall(source) for name in tag.split()}
    return {f"css/parts/{sheet}.css" for name in names for sheet in GROUPS.get(name, (name,))}


@pytest.fixture
def production_static(settings, tmp_path):
    manifest = {"BACKEND": "interaxion.static_storage.StaticFilesStorage"}
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {"staticfiles": manifest}


def test_named_static_files_are_collected_under_hashed_names(production_static):
    templates = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
    sources = [template.read_text() for template in templates]
    named = {name for source in sources for name in STATIC_TAG.findall(source)}
    sheets = sheets_in("".join(sources))
    named |= sheets

    call_command("collectstatic", interactive=False, verbosity=0)

    assert named
    assert sheets
    for name in named:
        assert staticfiles_storage.url(name) != f"/static/{name}"


def test_style_sheets_hold_one_part_each_and_are_linked():
    linked = "".join(path.read_text() for path in (settings.BASE_DIR / "templates").rglob("*.html"))

    for sheet in sorted((settings.BASE_DIR / "static/css").rglob("*.css")):
        lines = sheet.read_text().splitlines()
        assert len(lines) < 200 and max(map(len, lines)) <= 120, sheet.name
        name = sheet.relative_to(settings.BASE_DIR / "static").as_posix()
        assert f'"{name}"' in linked or name in sheets_in(linked), sheet.name


def test_lines_are_drawn_as_borders():
    """A box that is 1.5 pixels high is one or two pixels thick, by where it stands; borders are whole ones."""
    boxes = re.compile(r"(?<![\w-])(?:width|height|block-size|inline-size): var\(--stroke\)")

    for sheet in sorted((settings.BASE_DIR / "static").rglob("*.css")):
        assert not boxes.search(sheet.read_text()), sheet.name


def test_browsers_colour_their_frame_like_our_paper():
    papers = re.findall(r"--paper: (#\w+)", (settings.BASE_DIR / "static/css/tokens.css").read_text())
    base = (settings.BASE_DIR / "templates/base.html").read_text()

    said = re.findall(r'<meta name="theme-color" content="([^"]+)" media="\(prefers-color-scheme: (\w+)\)">', base)

    assert said == list(zip(papers, ["light", "dark"], strict=True))


@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("apple-touch-icon.png", {(180, 180)}),
        ("share.png", {(WIDTH, HEIGHT)}),
        ("favicon.ico", {(16, 16), (32, 32), (48, 48)}),
    ],
)
def test_pictures_of_the_mark_have_the_size_that_is_asked_for_and_weigh_little(name, sizes):
    file = settings.BASE_DIR / "static/img" / name

    with Image.open(file) as picture:
        assert picture.info.get("sizes", {picture.size}) == sizes
    assert file.stat().st_size < 6_000


def test_scripts_import_each_other_under_hashed_names(production_static, settings):
    call_command("collectstatic", interactive=False, verbosity=0)

    editor = staticfiles_storage.stored_name("js/admin/editor.js")
    imported = re.findall(r'from "\./([^"]+)"', (settings.STATIC_ROOT / editor).read_text())

    assert imported
    for name in imported:
        assert re.fullmatch(r"[\w/]+\.[0-9a-f]{12}\.js", name) and (settings.STATIC_ROOT / "js/admin" / name).exists()

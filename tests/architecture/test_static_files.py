"""Production serves hashed static files: each one that a template or a style sheet names must exist."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

STATIC_TAG = re.compile(r"""{% static ["']([^"']+)["']""")


@pytest.fixture
def production_static(settings, tmp_path):
    manifest = {"BACKEND": "interaxion.static_storage.StaticFilesStorage"}
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {"staticfiles": manifest}


def test_named_static_files_are_collected_under_hashed_names(production_static):
    templates = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
    named = {name for template in templates for name in STATIC_TAG.findall(template.read_text())}

    call_command("collectstatic", interactive=False, verbosity=0)

    assert named
    for name in named:
        assert staticfiles_storage.url(name) != f"/static/{name}"


def test_scripts_import_each_other_under_hashed_names(production_static, settings):
    call_command("collectstatic", interactive=False, verbosity=0)

    editor = staticfiles_storage.stored_name("js/admin/editor.js")
    imported = re.findall(r'from "\./([^"]+)"', (settings.STATIC_ROOT / editor).read_text())

    assert imported
    for name in imported:
        assert re.fullmatch(r"\w+\.[0-9a-f]{12}\.js", name) and (settings.STATIC_ROOT / "js/admin" / name).exists()

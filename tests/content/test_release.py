import shutil

import pytest

from interaxion.content.release import release_key


@pytest.fixture
def program(settings, tmp_path):
    """A small program in a folder of its own, with no key cached."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text("<p>one</p>")
    shutil.copy(settings.BASE_DIR / "requirements.txt", tmp_path)
    settings.BASE_DIR = tmp_path
    release_key.cache_clear()
    yield tmp_path
    release_key.cache_clear()


def test_same_program_has_the_same_key(program):
    before = release_key()
    release_key.cache_clear()

    assert release_key() == before


def test_changed_template_has_another_key(program):
    before = release_key()
    (program / "templates" / "page.html").write_text("<p>two</p>")
    release_key.cache_clear()

    assert release_key() != before


def test_another_address_of_the_site_has_another_key(program, settings):
    before = release_key()
    settings.SITE_URL = "https://other.example"
    release_key.cache_clear()

    assert release_key() != before

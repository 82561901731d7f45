import pytest

from interaxion.desk.writing.handbook import pieces
from tests.factories import make_host


def test_handbook_shows_the_same_forms_in_both_languages():
    japanese, english = pieces("ja"), pieces("en")

    assert [bool(piece.source) for piece in japanese] == [bool(piece.source) for piece in english]
    assert len(japanese) > 20


@pytest.mark.parametrize("language", ["ja", "en"])
def test_example_shows_the_form_that_it_is_for(language):
    html = "".join(piece.html for piece in pieces(language) if piece.source)

    for form in ("<time", "<strong", "<s>", "<table", "footnote", "<math", "<dl>", "<img", "<details", "embed", "<br"):
        assert form in html, form


@pytest.mark.django_db
def test_handbook_speaks_the_language_of_the_interface(client):
    client.force_login(make_host())

    assert "ホストの一晩" in client.get("/admin/handbook/").content.decode()
    assert "An evening of a host" in client.get("/en/admin/handbook/").content.decode()

"""The social picture: its address, what it costs, and the drawing itself."""

import io
import logging

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from PIL import Image, ImageChops

from episodes.cards.files import card_path, sweep_cards
from episodes.cards.fonts import find_fonts
from episodes.cards.lettering import Lettering, spell
from episodes.cards.picture import CardText, _name_people, break_lines, draw_card
from episodes.models import Episode
from episodes.podcast import Podcast
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from tests.factories import make_episode, make_speaker

TEXT = CardText("57", "室温超伝導の夢を追いかけて、格子の歪みを測る", ("岡", "客"), "曲がり角の実験室")
needs_font = pytest.mark.skipif(not find_fonts(), reason="no font for Japanese is installed")


def opened(card: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(card))
    image.load()
    return image


# The drawing


def test_card_has_the_size_that_sites_show():
    card = opened(draw_card(TEXT, fonts=find_fonts(), artwork=None))

    assert (card.format, card.size, card.mode) == ("PNG", (1200, 630), "RGB")


@needs_font
@pytest.mark.parametrize("field", ["number", "title", "people", "show"])
def test_every_text_is_on_the_card(field):
    whole = opened(draw_card(TEXT, fonts=find_fonts(), artwork=None))
    texts = {name: getattr(TEXT, name) for name in ("number", "title", "people", "show")}

    without = opened(
        draw_card(CardText(**texts | {field: "" if field != "people" else ()}), fonts=find_fonts(), artwork=None)
    )

    assert ImageChops.difference(whole, without).getbbox()


def test_artwork_is_on_the_card_without_a_font_too():
    red = Image.new("RGB", (500, 300), "#ff0000")

    card = opened(draw_card(TEXT, fonts=(), artwork=red))

    assert card.getpixel((1200 - 72 - 171, 72 + 171)) == (255, 0, 0)
    assert card.getpixel((100, 100)) == (250, 246, 237)


@needs_font
@pytest.mark.parametrize("title", ["", "a", "長" * 300, "W" * 300, "word " * 100, "😀" * 20, "𠮷野家で", "ﷺ" * 30])
def test_any_title_leaves_the_margins_free(title):
    card = opened(draw_card(CardText("12345.67", title, (title, title), title), fonts=find_fonts(), artwork=None))

    margin = card.crop((1200 - 36, 0, 1200, 630)).getcolors(10)
    assert margin == [(36 * 630, (250, 246, 237))]


@needs_font
def test_japanese_lines_break_between_phrases():
    font = Lettering(find_fonts(), 72)

    lines = break_lines(TEXT.title, font, 900)

    assert "".join(lines) == TEXT.title
    assert len(lines) > 1
    assert all(font.getlength(line) <= 900 for line in lines)
    assert not any(line[0] in "、。をのにがはで" for line in lines)


@needs_font
def test_english_lines_break_between_words():
    title = "A long walk around the lattice with Maxwell"

    lines = break_lines(title, Lettering(find_fonts(), 72), 700)

    assert " ".join(lines) == title


@needs_font
def test_no_character_is_a_box():
    """The picture of a character that no font has is that of nothing, or of its plain form."""
    fonts = find_fonts()

    assert set("₂ħ⁻").isdisjoint(spell("H₂O ħ≈1 10⁻³", fonts[:1])) or "Noto" not in fonts[0].name
    assert spell("\U0010fffd光\u200d\ufe0f", fonts) == "光"
    assert spell("光と e\u0301", fonts) == "光と é"
    assert Lettering(fonts, 40).getlength("\U0010fffd") == 0


@needs_font
@pytest.mark.skipif(len(find_fonts()) < 2, reason="no font for what the Japanese one lacks is installed")
def test_second_font_has_what_the_first_lacks():
    assert spell("H₂O ħ≈1 10⁻³", find_fonts()) == "H₂O ħ≈1 10⁻³"


@needs_font
def test_people_are_cut_between_names():
    letters = Lettering(find_fonts(), 30)
    people = ("岡山太郎", "静岡次郎", "福岡三郎")

    two = letters.getlength("岡山太郎、静岡次郎…")
    assert _name_people(people, letters, 1000) == "岡山太郎、静岡次郎、福岡三郎"
    assert _name_people(people, letters, two) == "岡山太郎、静岡次郎…"
    assert _name_people(people, letters, two - 1) == "岡山太郎…"
    assert _name_people(people, letters, 80) == "岡…"
    assert _name_people((), letters, 80) == ""


def test_font_that_is_missing_is_said_once(tmp_path, caplog):
    with caplog.at_level(logging.WARNING):
        assert find_fonts((tmp_path,)) == ()
        assert find_fonts((tmp_path,)) == ()

    assert caplog.text.count("no font for Japanese is installed") == 1


def test_font_is_found_wherever_it_lies(tmp_path):
    file = tmp_path / "opentype" / "noto" / "NotoSansCJK-Bold.ttc"
    file.parent.mkdir(parents=True)
    file.touch()

    assert find_fonts((tmp_path,)) == (file,)


# The address and the file


def path_of(episode):
    return card_path(Episode.objects.get(pk=episode.pk), Podcast.current())


@pytest.mark.django_db
def test_card_is_made_when_it_is_first_asked_for(client):
    episode = make_episode(number="57", live=True)
    assert not default_storage.exists("cards")

    first = client.get(path_of(episode))
    (file,) = default_storage.listdir("cards")[1]
    second = client.get(path_of(episode))

    assert first.status_code == 200
    assert first["Content-Type"] == "image/png"
    assert "immutable" in first["Cache-Control"]
    assert opened(first.content).size == (1200, 630)
    assert second.content == first.content
    assert default_storage.listdir("cards")[1] == [file]


@pytest.mark.django_db
def test_half_a_card_is_drawn_again(client):
    episode = make_episode(number="57", live=True)
    whole = client.get(path_of(episode)).content
    (file,) = default_storage.listdir("cards")[1]
    with default_storage.open(f"cards/{file}", "wb") as stream:
        stream.write(whole[:1000])

    assert client.get(path_of(episode)).content == whole


@pytest.mark.django_db
def test_card_that_the_disk_does_not_take_is_sent_all_the_same(client, settings, caplog):
    episode = make_episode(number="57", live=True)
    settings.MEDIA_ROOT.touch()  # nothing can be written

    response = client.get(path_of(episode))

    assert (response.status_code, opened(response.content).size) == (200, (1200, 630))
    assert "sent but not kept" in caplog.text


@pytest.mark.django_db
def test_card_has_another_address_once_something_on_it_changes(client):
    episode = make_episode(number="57", speakers=(make_speaker(),), live=True)
    old = path_of(episode)
    episode.title = "改めた題"
    store(episode, user=None)

    new = path_of(episode)

    assert new != old
    assert client.get(old).status_code == 302
    assert client.get(old)["Location"] == new


@pytest.mark.django_db
def test_card_of_an_episode_that_is_not_live_is_404(client):
    draft, trashed = make_episode(number="1"), make_episode(number="2", live=True)
    transition(trashed, to="trashed", user=None)

    assert [client.get(path_of(episode)).status_code for episode in (draft, trashed)] == [404, 404]
    assert not default_storage.exists("cards")


@pytest.mark.django_db
def test_rebuild_sweeps_cards_that_no_episode_has(client, capsys):
    kept, changed, gone = (make_episode(number=str(n), live=True) for n in (1, 2, 3))
    for episode in (kept, changed, gone):
        client.get(path_of(episode))
    changed.title = "改めた題"
    store(changed, user=None)
    transition(gone, to="trashed", user=None)

    call_command("rebuild")

    assert "2 old cards" in capsys.readouterr().out
    assert [f"cards/{file}" for file in default_storage.listdir("cards")[1]] == [
        f"cards/{path_of(kept).rsplit('-', 1)[1]}"
    ]
    assert sweep_cards() == 0


@pytest.mark.django_db
def test_sweep_of_a_site_without_cards_does_nothing():
    assert sweep_cards() == 0

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from interaxion.content.changes.named_rows import merge_named_rows
from interaxion.content.paths import find_path
from interaxion.content.tags import Tag, TaggedItem, find_tags, parse_tags, spell_names, tidy_name
from tests.factories import make_episode, make_post

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("超伝導、室温超伝導", ["超伝導", "室温超伝導"]),
        ("a, b，c；d;e\nf", ["a", "b", "c", "d", "e", "f"]),
        ("ＭＩ, MI", ["MI"]),
        ("ﾗﾎﾞ、ラボ", ["ラボ"]),
        ("machine  learning", ["machine learning"]),
        ("<i>g</i>–2、H<sub class='x'>2</sub>O、<B>重力</B>波、<i></i>", ["g–2", "H2O", "重力波"]),
        ("a < b > c、I<i", ["a < b > c", "I<i"]),
        (" 、,", []),
        ('"Newton, Isaac"、光', ["Newton, Isaac", "光"]),
        ('光; "say ""a, b""" ,音', ["光", 'say "a, b"', "音"]),
        ('5" disk, "open, 12" record', ['5" disk', '"open', '12" record']),
        ('"a" b、""、"c"', ['"a" b', "c"]),
    ],
)
def test_tags_are_read_as_people_type_them(text, names):
    assert parse_tags(text) == names


@given(st.lists(st.text('ab 光,、;；"“\n', max_size=8)))
@example(["Newton, Isaac", "光子、電子", '"', '""', '", "', 'a"'])
def test_names_as_the_form_shows_them_are_read_back_whole(names):
    names = sorted({name for each in names if (name := tidy_name(each))})

    assert parse_tags(spell_names(names)) == names


@pytest.mark.parametrize(
    ("name", "slug"),
    [("超伝導", "超伝導"), ("C++", "cpp"), ("C#", "csharp"), ("🚀", "tag"), ("X線 回折", "x線-回折")],
)
def test_every_tag_has_an_address(name, slug):
    tag = Tag.objects.create(name=name)

    assert tag.slug == slug
    assert find_path(f"/tags/{slug}/").target == tag


@pytest.mark.parametrize("name", ["光" * 101, "㍿" * 26, "光\x01", "光\u202e学"])
def test_what_can_be_no_name_of_a_tag_is_refused(name):
    with pytest.raises(ValidationError):
        make_post(tags=(name,))
    with pytest.raises(ValidationError):
        Tag(name=name, slug="x").full_clean()

    assert not Tag.objects.exists()


def test_a_second_tag_without_letters_has_an_address_of_its_own():
    Tag.objects.create(name="🚀")

    assert Tag.objects.create(name="🎈").slug == "tag-2"


def test_tag_takes_the_next_address_where_another_had_its_own():
    make_post(tags=("光学", "光"))
    merge_named_rows([Tag.objects.get(name="光学")], Tag.objects.get(name="光"), user=None)

    assert Tag.objects.create(name="光学!").slug == "光学-2"


def test_an_alias_finds_its_tag_and_case_does_not_matter():
    tag = Tag.objects.create(name="C-S-H", aliases=["C-S-H系高圧超伝導"])
    episode = make_episode(tags=("C-S-H系高圧超伝導", "ai"))
    make_post(tags=("AI",))

    assert find_tags(["C-S-H系高圧超伝導"]) == [tag]
    assert {t.name for t in episode.tags.all()} == {"C-S-H", "ai"}
    assert Tag.objects.count() == 2


def test_merging_moves_the_content_and_redirects_the_address():
    both = make_episode(tags=("光学", "光"))
    one = make_post(tags=("光学",))
    old, new = Tag.objects.get(name="光学"), Tag.objects.get(name="光")

    merge_named_rows([old], new, user=None)

    assert [t.name for t in both.tags.all()] == [t.name for t in one.tags.all()] == ["光"]
    assert TaggedItem.objects.count() == 2
    assert find_path("/tags/光学").target == new
    assert not find_path("/tags/光学").is_current
    assert Tag.objects.get().aliases == ["光学"]

"""Tags of constants are rendered once for each language, and give what Django's give."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from interaxion.serving.templatetags.constants import Kept


def rendered(template, language, **variables):
    with override(language):
        return template.render(Context(variables))


def test_words_are_kept_for_each_language():
    template = Template('{% load i18n %}{% translate "Speakers" %}|{% translate "Tags" as tags %}{{ tags }}')

    assert [rendered(template, language) for language in ("ja", "en", "ja")] == [
        "出演者|タグ", "Speakers|Tags", "出演者|タグ"
    ]  # fmt: skip
    assert len(template.nodelist.get_nodes_by_type(Kept)) == 2


def test_addresses_are_kept_for_each_language():
    template = Template('{% load static %}{% url "speakers" %} {% static "img/share.png" %}')

    assert rendered(template, "en").startswith("/en/speakers/ /static/img/share.")
    assert rendered(template, "ja").startswith("/speakers/ /static/img/share.")


@pytest.mark.parametrize(
    "text",
    [
        "{% load i18n %}{% translate words %}",
        '{% load i18n %}{% translate "Tags"|upper %}',
        "{% load static %}{% static words %}",
        '{% url "job" 1 as address %}{% url "admin:index" %}',
    ],
)
def test_tag_that_depends_on_more_is_left_to_django(text):
    template = Template(text)

    assert not template.nodelist.get_nodes_by_type(Kept)
    assert rendered(template, "ja", words="img/share.png")


def test_part_that_is_given_constants_alone_is_kept_for_each_language():
    template = Template('{% include "episodes/parts/steering.html" only %}')

    assert 'aria-label="Play"' in rendered(template, "en")
    assert 'aria-label="再生"' in rendered(template, "ja")
    assert len(template.nodelist.get_nodes_by_type(Kept)) == 1


@pytest.mark.parametrize("given", ["", "with id=name only", 'with id="wave"', "with id=name|upper only"])
def test_part_that_sees_variables_is_not_kept(given):
    template = Template(f'{{% include "episodes/parts/wave.html" {given} %}}')

    assert not template.nodelist.get_nodes_by_type(Kept)

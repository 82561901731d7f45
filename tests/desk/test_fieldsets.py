"""Fieldsets as our tag writes them, beside Django's template."""

import re
from pathlib import Path

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import Fieldset
from django.template import engines
from django.template.loader import render_to_string

from episodes.models import Speaker

DJANGOS = Path(admin.__file__).parent / "templates/admin/includes/fieldset.html"
PLACE = {"prefix": "a", "id_prefix": 0, "id_suffix": 1}


class SpeakerForm(forms.ModelForm):
    is_sure = forms.BooleanField(label="本当", help_text="<b>a</b> & b")
    secret = forms.CharField(widget=forms.HiddenInput, help_text="h")

    class Meta:
        model = Speaker
        fields = ("name", "slug", "bio")
        labels = {"slug": "<スラグ>"}


def words_of(html: str) -> str:
    """Return HTML without the white space between tags, and beside attributes."""
    return re.sub(r"\s+", " ", re.sub(r">\s+|\s+<", lambda found: found[0].strip(), html)).strip()


@pytest.mark.parametrize("data", [None, {"name": "", "slug": "日本 語", "bio": "x"}])
@pytest.mark.parametrize(
    "options",
    [
        {"fields": ["name", "bio", "is_sure"]},
        {"fields": [("name", "slug", "is_sure"), "bio"], "classes": ("wide", "collapse")},
        {"fields": [("name", "secret"), "secret", ("secret",)], "description": "<i>d</i>"},
        {"fields": ["name", ("bio", "path"), "slug"], "readonly_fields": ("name", "bio", "path")},
    ],
)
@pytest.mark.parametrize("name", [None, "名 & 前"])
def test_fieldset_is_written_as_by_the_template_of_django(name, options, data):
    def written(render) -> str:
        form = SpeakerForm(data, instance=Speaker(name="<岡>", bio="一\n二", slug="oka"))
        fieldset = Fieldset(form, name, model_admin=admin.site.get_model_admin(Speaker), **options)
        return words_of(render({"fieldset": fieldset, **PLACE}))

    ours = written(lambda context: render_to_string("admin/includes/fieldset.html", context))

    assert ours == written(lambda context: engines["django"].from_string(DJANGOS.read_text()).render(context))

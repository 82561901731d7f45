"""The admin of tables that all content shares: tags, desk settings, synonyms; the rest registers itself."""

from typing import Any

import taggit.admin
from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interaxion.content.fields import LinesFormField
from interaxion.content.publishing.desk_settings import DeskSettings
from interaxion.content.search.synonyms import Synonyms
from interaxion.content.tags import Tag, tidy_name
from interaxion.desk.account import accounts_admin  # noqa: F401 - registers itself
from interaxion.desk.changes import admin as changes  # noqa: F401 - registers itself
from interaxion.desk.changes import records_admin  # noqa: F401 - registers itself
from interaxion.desk.library import library_admin  # noqa: F401 - registers itself
from interaxion.desk.merging_admin import AddressedRowForm, MergingAdmin
from interaxion.desk.one_row_admin import OneRowAdmin
from interaxion.desk.pages import paths  # noqa: F401 - registers itself

# Nothing here uses the tag model of the library.
admin.site.unregister(taggit.admin.Tag)


@admin.register(DeskSettings)
class DeskSettingsAdmin(OneRowAdmin):
    fieldsets = (
        (
            None,
            {
                "fields": ["hosts_may_edit_published"],
                "description": _(
                    "That is of texts, people and tags. Number, address, GUID, audio, player and dates of "
                    "something published are the editor's in any case: a host's change of them is a suggestion."
                ),
            },
        ),
    )
    saved_message = _("The settings are saved.")


class TagForm(AddressedRowForm):
    aliases = LinesFormField(
        required=False, label=_("other names"), help_text=_("One on each line; an import understands them.")
    )

    class Meta:
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("The last part of the address. Empty: from the name.")

    def clean_name(self) -> str:
        name = tidy_name(self.cleaned_data["name"])
        if Tag.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(gettext("There is a tag of this name."))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("slug") and cleaned.get("name"):
            cleaned["slug"] = self.instance.free_slug(self.instance.slugify(cleaned["name"]))
        return cleaned


@admin.register(Tag)
class TagAdmin(MergingAdmin):
    form = TagForm
    list_display = ("name", "reading", "slug", "uses")
    search_fields = ("name", "reading", "slug")
    ordering = ("name",)
    fields = ("name", "reading", "slug", "aliases", "description")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).with_uses()

    @admin.display(description=_("used"), ordering="uses")
    def uses(self, tag: Tag) -> int:
        return tag.uses


@admin.register(Synonyms)
class SynonymsAdmin(admin.ModelAdmin):
    list_display = ("__str__",)
    fields = ("words",)

"""Permissions by what they allow, in the language of the interface: the database keeps Django's English names."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.forms import CheckboxSelectMultiple, ModelMultipleChoiceField
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import pgettext_lazy as _

#: By the beginning of the code name.
ACTIONS = {
    "add": _("permission", "add"),
    "change": _("permission", "change"),
    "delete": _("permission", "delete"),
    "view": _("permission", "look at"),
    "publish": _("permission", "publish"),
}


class PermissionField(ModelMultipleChoiceField):
    def label_from_instance(self, obj: Permission) -> str:
        model = obj.content_type.model_class()
        kind = capfirst(model._meta.verbose_name_plural if model else obj.content_type.model)
        action, _underscore, name = obj.codename.partition("_")
        is_usual = action in ACTIONS and name == obj.content_type.model
        return gettext("%(kind)s: %(action)s") % {"kind": kind, "action": ACTIONS[action] if is_usual else obj.name}


class NamesPermissions(admin.ModelAdmin):
    """A mixin: the permissions to choose from are those that the desk asks for, by their names for people."""

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.related_model is Permission:
            shown = ContentType.objects.get_for_models(*self.admin_site._registry).values()
            kwargs |= {"form_class": PermissionField, "widget": CheckboxSelectMultiple()}
            kwargs["queryset"] = Permission.objects.filter(content_type__in=shown).select_related("content_type")
        return super().formfield_for_manytomany(db_field, request, **kwargs)


admin.site.unregister(Group)


@admin.register(Group)
class NamedGroupAdmin(NamesPermissions, GroupAdmin):
    pass

"""The form of a remark, for staff and for guests."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from interaxion.content.publishing.publishable import Publishable
from interaxion.content.remarks.remark import Remark, say
from interaxion.text.characters import FORBIDDEN


class RemarkForm(forms.Form):
    name = forms.CharField(label=_("your name"), max_length=80)
    section = forms.ChoiceField(label=_("about which section"), required=False)
    text = forms.CharField(label=_("remark"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, data: Any, *, thing: Publishable, user: Any = None) -> None:
        super().__init__(data, label_suffix="")
        self.thing, self.user = thing, user
        headings = dict.fromkeys(heading["text"][:300] for heading in thing.outline if heading.get("text"))
        self.fields["section"].choices = [("", _("the whole")), *((heading, heading) for heading in headings)]
        if user:
            del self.fields["name"]

    def clean(self) -> dict[str, Any]:
        return {name: FORBIDDEN.sub("", value) for name, value in super().clean().items()}

    def save(self) -> Remark:
        data = self.cleaned_data
        name = data.get("name", "")
        return say(self.thing, data["text"], user=self.user, name=name, section=data.get("section", ""))

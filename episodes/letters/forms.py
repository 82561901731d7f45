"""The form for a letter: its limits, and what looks like spam."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from episodes.letters.guard import LETTERS, is_same_origin, read_token
from episodes.letters.letters import LONGEST_LETTER, LONGEST_NAME, AnotherLetter, receive_letter
from episodes.models import Episode
from episodes.numbers import parse_number
from interaxion.serving.rate_limit import address_of
from interaxion.text.characters import FORBIDDEN

MOST_LINKS = 3
#: The fragment of the address that the form is sent to. In the response it is the id of the first field to correct,
#: else of the refusal, else of the thanks. So every browser scrolls there and sets the focus, without a script.
PLACE = "letter"
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


class PlainText(forms.CharField):
    """Text without characters that no output can hold. A line end counts as one character, as in the browser."""

    def to_python(self, value: Any) -> str:
        return super().to_python(FORBIDDEN.sub("", (value or "").replace("\r\n", "\n")))


class LetterForm(forms.Form):
    name = PlainText(
        label=_("Your name on the show"),
        help_text=_("Optional."),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput({"autocomplete": "nickname"}),
        error_messages={"max_length": _("The name is too long: at most %(limit_value)d characters, please.")},
    )
    episode = PlainText(
        label=_("About which episode"),
        help_text=_("Its number (optional)."),
        max_length=20,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "decimal", "size": 8}),
        error_messages={"max_length": _("There is no episode of this number.")},
    )
    body = PlainText(
        label=_("Your letter"),
        help_text=format_lazy(
            _("At most {most} characters. Only those who make the show read it here; on the show it may be read out."),
            most=LONGEST_LETTER,
        ),
        validators=[MaxLengthValidator(LONGEST_LETTER)],  # no `maxlength`: browsers cut off what is pasted, silently
        widget=forms.Textarea({"rows": 12}),
        error_messages={
            "required": _("There is nothing in the letter yet."),
            "max_length": _(
                "The letter is too long: it has %(show_value)d characters, and at most %(limit_value)d fit in."
            ),
        },
    )
    #: The honeypot: invisible to people, so only a bot that fills in every field fills it in.
    website = forms.CharField(required=False, widget=forms.HiddenInput)
    token = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.request = request
        #: The name of the first field to correct; "" if there is none.
        self.refused = ""

    def clean_episode(self) -> Episode | None:
        typed = self.cleaned_data["episode"]
        episode = find_episode(typed)
        if typed and episode is None:
            raise ValidationError(gettext("There is no episode of this number."))
        return episode

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if len(_LINK.findall(body)) > MOST_LINKS:
            message = ngettext("At most %(most)d link, please.", "At most %(most)d links, please.", MOST_LINKS)
            raise ValidationError(message % {"most": MOST_LINKS})
        return body

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not is_same_origin(self.request):
            message = gettext("The letter did not come from this page. Your text is still here: please send it again.")
            raise ValidationError(message, code="elsewhere")
        if LETTERS.is_over(address_of(self.request)):
            message = gettext("So many letters at once! Your text is still here: please send it again in an hour.")
            raise ValidationError(message, code="too_many")
        if not self.errors:  # else the form comes back with a new token anyway
            cleaned["form_id"] = read_token(cleaned["token"])
        self.refused = next((name for name in self.fields if name in self.errors), "")
        if self.refused:
            self.fields[self.refused].widget.attrs["id"] = PLACE
        return cleaned

    def save(self) -> bool:
        """Store the letter; idempotent. Returns False if this form has already sent another letter."""
        typed = self.cleaned_data
        try:
            is_new = receive_letter(
                typed["form_id"],
                name=typed["name"],
                body=typed["body"],
                about=typed["episode"],
                is_odd=bool(typed["website"]),
            )
        except AnotherLetter:
            again = gettext("This form has sent a letter already. Your text is still here: please send it again.")
            self.add_error(None, ValidationError(again, code="used"))
            return False
        if is_new:
            LETTERS.count(address_of(self.request))
        return True

    def is_refused(self, code: str) -> bool:
        return self.has_error(forms.forms.NON_FIELD_ERRORS, code)


def find_episode(number: str) -> Episode | None:
    """Return the live episode that `57`, `19.5` or `５７` names, or None."""
    parsed = parse_number(unicodedata.normalize("NFKC", number).strip())
    if parsed is None:
        return None
    return Episode.objects.live().filter(number=parsed).only("number", "title", "language").first()

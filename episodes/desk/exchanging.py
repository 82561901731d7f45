"""The action of the list that exchanges two episodes, after a page that explains the consequences."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from episodes.identity.exchanging import exchange
from interaxion.content.changes.recording import recording
from interaxion.content.saving.storing import StaleVersion
from interaxion.desk.action_options import ask_how
from interaxion.desk.changes.offering import offer_undo


class ExchangeForm(forms.Form):
    what = forms.ChoiceField(
        label=_("What is exchanged?"),
        choices=[("both", _("Numbers and addresses")), ("addresses", _("The addresses alone"))],
        widget=forms.RadioSelect,
        initial="both",
    )


@admin.action(permissions=["publish"], description=_("Exchange numbers and addresses"))
def exchange_selected(model_admin: Any, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
    pair = list(queryset.untrashed().order_by("number", "pk"))
    if len(pair) != 2:
        messages.error(request, gettext("Tick two episodes that are not in the trash."))
        return None
    form = ExchangeForm(request.POST if "what" in request.POST else None)
    if not form.is_valid():
        return ask_how(model_admin, request, queryset, form, **_words(*pair))
    title = gettext("Numbers and addresses exchanged: %(first)s, %(second)s") % {"first": pair[0], "second": pair[1]}
    try:
        with recording(title, user=request.user) as record, record.step():
            exchange(*pair, user=request.user, with_numbers=form.cleaned_data["what"] == "both")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    except StaleVersion:
        messages.error(request, gettext("Somebody saved the episode in the meantime. Try again."))
    else:
        offer_undo(request, record.change, "; ".join(f"{episode}: {episode.path}" for episode in pair))
    return None


def _words(first: Any, second: Any) -> dict[str, str]:
    explanation = gettext(
        "Links and bookmarks of %(first)s lead to what is at %(second)s now, and the other way round. "
        "Pages, feed and chapters say the new numbers. Apps know the episodes by their GUID and load nothing again."
    )
    return {
        "title": gettext("Exchange numbers and addresses"),
        "explanation": explanation % {"first": first.path, "second": second.path},
        "button": gettext("Exchange"),
    }

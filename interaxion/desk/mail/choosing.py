"""The choice of mails on the page of one's own account."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from interaxion.content.mail.mail_choice import MailChoice


class MailChoiceForm(forms.ModelForm):
    class Meta:
        model = MailChoice
        fields = ("handed_over", "sent_back", "suggested", "letters")


def form_for(request: HttpRequest, data: QueryDict | None = None) -> MailChoiceForm:
    return MailChoiceForm(data, instance=MailChoice.objects.of(request.user))


@require_POST
def choose_mails(request: HttpRequest) -> HttpResponse:
    form = form_for(request, request.POST)
    form.instance.language = get_language() or "ja"
    form.save()
    messages.success(request, gettext("You get these mails from now on."))
    return redirect("admin:password_change")

"""The page where listeners write letters, and the page that thanks them."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from episodes.letters.forms import LetterForm, find_episode
from episodes.letters.guard import make_token
from episodes.models import Episode
from interaxion.serving.query_strings import kept_query
from interaxion.sitewide.pages.introductions import Introduction

#: A plain page at this address introduces the form in its own words.
ADDRESS = "/feedback/"
INTRODUCTION = Introduction(
    ADDRESS,
    _("Letters"),
    _("A question, a thought, something we got wrong: write to us. Some letters are read out on the show."),
)


class SeeOther(HttpResponseRedirect):
    """Redirect after a POST: the browser gets the other page with GET, and a reload sends nothing twice."""

    status_code = 303


# The one view without Django's CSRF cookie: public pages set none. Its signed token and the Origin replace it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)  # each form has a token of its own
def feedback(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        form = LetterForm(request.POST, request=request)
        if form.is_valid() and form.save():
            return SeeOther(reverse("feedback_thanks"))
        return _page(request, form, form.cleaned_data.get("episode"), _status_of(form))
    about = find_episode(request.GET.get("episode", ""))
    initial = {"episode": about.spelled_number} if about else {}
    return _page(request, LetterForm(request=request, initial=initial), about)


@require_safe
def feedback_thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "sitewide/feedback_thanks.html")


def _status_of(refused: LetterForm) -> int:
    if refused.is_refused("elsewhere"):
        return 403
    return 429 if refused.is_refused("too_many") else 422


def _page(request: HttpRequest, form: LetterForm, about: Episode | None, status: int = 200) -> HttpResponse:
    context = {"form": form, "token": make_token(), "about": about, **INTRODUCTION.words()}
    if about:
        context["kept_query"] = kept_query({"episode": about.spelled_number}, "episode")
    return render(request, "sitewide/feedback.html", context, status=status)

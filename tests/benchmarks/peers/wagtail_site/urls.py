from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from wagtail import urls as wagtail_urls

from tests.benchmarks.peers.wagtail_site.feed import EpisodeFeed


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("healthz", healthz), path("feed.xml", EpisodeFeed()), path("", include(wagtail_urls))]

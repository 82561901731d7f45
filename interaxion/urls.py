"""The URL map on one screen. The last route answers for every row of `Path`; all routes above it are fixed."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path, register_converter
from django.views.generic import RedirectView

from courses.views import course_list
from episodes.audio.embedding import oembed
from episodes.views import episode_list, speaker_list
from interaxion.content.paths import CONTENT_VIEW, INTRODUCED_BY
from interaxion.late_routes import LateRoutes
from interaxion.serving.health import healthz
from interaxion.serving.media_views import media
from interaxion.serving.paging import PageNumber
from interaxion.serving.public_pages import public_page
from interaxion.sitewide import feeds
from interaxion.sitewide.content_view import FURTHER_PAGE, PARTS, show_content, show_further_page, show_part
from interaxion.sitewide.models import Page
from interaxion.sitewide.pages import views
from interaxion.sitewide.pages.colours import colour_sheet
from interaxion.sitewide.pages.draft_remarks import draft_remarks
from interaxion.sitewide.pages.front import home
from interaxion.sitewide.pages.letters import feedback, feedback_thanks
from interaxion.sitewide.pages.library.files import FORMATS, library_file
from interaxion.sitewide.pages.library.listing import library
from interaxion.sitewide.pages.library.work import work_page
from interaxion.sitewide.pages.listening import how_to_listen
from interaxion.sitewide.pages.search import search, suggestions
from interaxion.sitewide.pages.shared_preview import shared_preview
from interaxion.sitewide.sitemap.views import robots, sitemap, sitemap_file

register_converter(PageNumber, "page_number")

# What machines read has one address for all languages.
urlpatterns = [
    path("feed.xml", feeds.podcast_feed, name="podcast_feed"),
    path("feed/page/<page_number:number>.xml", feeds.podcast_feed),
    path("atom.xml", feeds.atom_feed, name="atom_feed"),
    path("atom/page/<page_number:number>.xml", feeds.atom_feed),
    *(path(f"works.{form}", public_page(library_file), {"form": form}, name=f"works_{form}") for form in FORMATS),
    *(path(f"works/page/<page_number:number>.{form}", public_page(library_file), {"form": form}) for form in FORMATS),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<slug:section>-<page_number:number>.xml", sitemap_file, name="sitemap_file"),
    path("healthz", healthz, name="healthz"),
    path("oembed", public_page(oembed), name="oembed"),
    path("media/<path:name>", media, name="media"),
    re_path(r"^colour/(?P<colour>[0-9a-f]{6})\.css$", colour_sheet, name="colour_sheet"),
    path("", include("episodes.urls")),
    *(path(f"<path:path>/{part}", public_page(show_part), {"part": part}, name=name) for part, name in PARTS.items()),
    path("<path:path>/feed.xml", feeds.feed_of, name=feeds.FEED_OF),
    path("<path:path>/feed/page/<page_number:number>.xml", feeds.feed_of),
]

# The English interface has the same addresses under /en/.
urlpatterns += [path("en", RedirectView.as_view(url="/en/", permanent=True), name="english_home")]
urlpatterns += i18n_patterns(
    LateRoutes("admin/", "interaxion.admin_urls", namespace="admin"),
    path("", public_page(home), name="home"),
    path("episodes/", public_page(episode_list), name="episodes"),
    path("episodes/page/<page_number:number>/", public_page(episode_list), name="episodes_page"),
    path("speakers/", public_page(speaker_list), name="speakers"),
    path("speakers/page/<page_number:number>/", public_page(speaker_list), name="speakers_page"),
    # The name on Jekyll sites of podcasts. Browsers keep the `#name` when they follow the redirect.
    path("starring/", RedirectView.as_view(pattern_name="speakers", permanent=True)),
    path("tags/", public_page(views.tags), name="tags"),
    path("tags/page/<page_number:number>/", public_page(views.tags), name="tags_page"),
    path("courses/", public_page(course_list), name="courses"),
    path("courses/page/<page_number:number>/", public_page(course_list), name="courses_page"),
    path("search", public_page(search), name="search"),
    path("search/suggestions", public_page(suggestions), name="search_suggestions"),
    path("how-to-listen/", public_page(how_to_listen), name="how_to_listen"),
    path("feedback/", feedback, name="feedback"),
    path("feedback/thanks/", public_page(feedback_thanks), name="feedback_thanks"),
    path("works/", public_page(library), name="works"),
    path("works/page/<page_number:number>/", public_page(library), name="works_page"),
    path("works/<int:pk>/", public_page(work_page), name="work"),
    path("works/<int:pk>/page/<page_number:number>/", public_page(work_page), name="work_page"),
    path("preview/<str:token>/remarks/", draft_remarks, name="shared_remarks"),
    path("preview/<str:token>/", shared_preview, name="shared_preview"),
    path("<path:path>/page/<page_number:number>/", public_page(show_further_page), name=FURTHER_PAGE),
    path("<path:path>", public_page(show_content), name=CONTENT_VIEW),
    prefix_default_language=False,
)

# A plain page may hold the address of one of these views, which then shows it as an introduction.
INTRODUCED_BY.update(home=Page, english_home=Page, feedback=Page, how_to_listen=Page)

handler400 = "interaxion.sitewide.pages.views.bad_request"
handler404 = "interaxion.sitewide.pages.views.not_found"
handler500 = "interaxion.serving.errors.pages.server_error"

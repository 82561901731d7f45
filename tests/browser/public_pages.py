"""One page of every kind, on the demo, for the tests that go through all of them."""

from episodes.models import Episode
from interaxion.content.linking.works import Work
from interaxion.content.publishing.shared_links import make_token
from interaxion.sitewide.demo.loading import load_demo


def fill_the_site() -> list[str]:
    """Load the demo; the addresses of one page of every kind. With `/en` before it a page has the English interface."""
    load_demo()
    work = Work.objects.live().order_by("pk").first()
    draft = Episode.objects.exclude(pk__in=Episode.objects.live()).first()
    return [
        "/", "/3", "/4-5", "/episodes/", "/episodes/?tag=超伝導", "/speakers/", "/speakers/久世なぎ/", "/tags/",
        "/tags/超伝導/", "/blog/", "/blog/coffee-cooling", "/courrier/", "/keywords/axion", "/courses/",
        "/courses/superconductivity-first-steps/", "/courses/superconductivity-first-steps/chapter-1/", "/about",
        "/how-to-listen", "/search", "/search?q=超伝導", "/search?q=存在しない語", f"/works/{work.pk}/", "/works/",
        "/keywords/", "/feedback/", "/feedback/thanks/", "/nothing-here", f"/preview/{make_token(draft)}/",
    ]  # fmt: skip

"""Every page of the admin is judged by axe: what the table of its addresses lists is looked at here, too."""

import pytest

from tests.factories import make_user
from tests.sitewide.test_admin_permissions import address, make_things, parse_table

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.django_db(transaction=True)]

#: What such an address answers with is no page.
NO_PAGES = {
    "choose/", "files/", "inbox/links/", "jobs/<int:pk>/status/", "jsi18n/", "manifest.webmanifest", "names/",
    "episodes/episode/<path:object_id>/change/short-notes/",
}  # fmt: skip
#: Accounts and groups, for the superuser: as Django makes them, some fields without a label.
DJANGOS_OWN = "auth/"
#: What a page shows when it is asked for more than its address says.
MORE = (
    "episodes/episode/{}/change/transition/?to=published",
    "episodes/episode/{}/change/transition/?to=published&version=0",
    "episodes/episode/{}/change/transition/?to=draft",
    "episodes/episode/{}/history/1/?to=now",
)
RUN = "async (options) => (await axe.run(document, {iframes: false, ...options})).violations"


def test_every_page_is_accessible_in_both_schemes(open_desk, axe_source, settings):
    settings.SENDS_MAIL = True
    things = make_things()
    make_user(name="admin", is_superuser=True)
    page = open_desk("admin", bypass_csp=True)  # axe writes styles while it measures
    routes = [route for route, (get, _post) in parse_table().items() if get[3] == 200 and route not in NO_PAGES]
    pages = [address(route, things) for route in routes if not route.startswith(DJANGOS_OWN)]
    pages += ["/en/admin/" + each.format(things["episodes/episode/"]) for each in MORE]
    violations = []

    for path in pages:
        page.goto(path, wait_until="domcontentloaded")
        page.evaluate(axe_source)
        page.add_style_tag(content="* { transition: none !important }")  # a colour on its way would be measured
        for scheme, options in (("light", {}), ("dark", {"runOnly": ["color-contrast"]})):
            page.emulate_media(color_scheme=scheme)
            violations += [(path, scheme, each["id"], each["nodes"][0]["html"]) for each in page.evaluate(RUN, options)]

    assert violations == []

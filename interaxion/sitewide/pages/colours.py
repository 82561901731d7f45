"""The style sheet with the colour of the show. Its address holds the colour, so browsers keep it for good."""

from django.http import HttpRequest, HttpResponse

from interaxion.text.colours import DARK_PAPER, LIGHT_PAPER, make_legible

SHEET = """\
:root {{ --accent: {light}; }}
@media (prefers-color-scheme: dark) {{ :root {{ --accent: {dark}; }} }}
"""


def colour_sheet(request: HttpRequest, colour: str) -> HttpResponse:
    """Answer with the colour (`b23216`) for both colour schemes, in the nearest shade that can be read."""
    light, dark = (make_legible(f"#{colour}", paper=paper) for paper in (LIGHT_PAPER, DARK_PAPER))
    return HttpResponse(
        SHEET.format(light=light, dark=dark),
        content_type="text/css; charset=utf-8",
        headers={"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"},
    )

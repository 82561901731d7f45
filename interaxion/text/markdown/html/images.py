"""Pictures: our own with their size, those of other sites as links, since our pages make no third-party requests."""

import re
from html import escape

from interaxion.text.markdown.html.collector import Collector
from interaxion.text.markdown.rendered import MISSING, Image

#: The `sizes` of pictures: the width of the text column (`--measure`), or the screen of a phone.
SIZES = "(min-width: 42em) 38em, 100vw"

# A URL that leads a browser to another host or scheme: it drops tabs and line ends, and reads "\" as "/".
_REMOTE = re.compile(r"[\s\x00-\x20]*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)


def is_remote(url: str) -> bool:
    return bool(_REMOTE.match(re.sub(r"[\t\r\n]", "", url)))


def image_html(src: str, alt: str, title: str, collector: Collector, line: int | None = None) -> str:
    """Return the HTML of one picture. The title "decorative" marks an empty alternative text as intended."""
    src = f"https:{src}" if src.startswith("//") else src
    collector.images.append(Image(src, alt, line or collector.line))
    source = collector.resolver.image(src) if collector.resolver else None
    if source is None and is_remote(src):
        if not src.lower().startswith(("https://", "http://")):
            collector.warn("The picture %s cannot be shown: only files of this site can.", src[:80], line)
            return escape(alt)
        collector.warn("The picture %s is on another site: it is shown as a link.", src, line)
        return f'<a class="remote-image" href="{escape(src)}">{escape(alt or src)}</a>'
    tooltip = f' title="{escape(title)}"' if title and title != "decorative" else ""
    if source is None:
        return f'<img src="{escape(src)}" alt="{escape(alt)}"{tooltip} loading="lazy">'
    if source is MISSING:
        collector.warn("The picture %s is missing: its description is shown in its place.", src, line)
        return f'<span class="missing-picture">{escape(alt or src)}</span>'
    srcset = f' srcset="{escape(source.srcset)}" sizes="{SIZES}"' if source.srcset else ""
    return (
        f'<img src="{escape(source.url)}"{srcset} alt="{escape(alt)}"{tooltip}'
        f' width="{source.width}" height="{source.height}" loading="lazy">'
    )

"""Files to import in tests: written from texts, or a copy of the small site in `data/`."""

import io
import shutil
from pathlib import Path
from typing import Any

from PIL import Image

from interaxion.content.importing.inputs import ImportInputs
from interaxion.content.importing.outcome import Outcome
from interaxion.content.publishing.publishable import kinds
from interaxion.content.publishing.revisions import snapshot
from interaxion.sitewide.importing.plan import import_paths

DATA = Path(__file__).parent / "data"


def make_picture(*, colour: str = "teal", size: tuple[int, int] = (40, 30), format: str = "PNG") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, format)
    return stream.getvalue()


def make_grey_ramp(*, width: int) -> bytes:
    """Return a picture of 16-bit grey, black on the left to white on the right, as microscopes write them."""
    ramp = b"".join((65_535 * x // (width - 1)).to_bytes(2, "little") for x in range(width))
    stream = io.BytesIO()
    Image.frombytes("I;16", (width, 10), ramp * 10).save(stream, "PNG")
    return stream.getvalue()


def make_animation(*, size: tuple[int, int] = (40, 30), frames: int = 3, format: str = "GIF", **options: Any) -> bytes:
    """Return an endless animation of one colour after the other, a tenth of a second each."""
    images = [Image.new("RGB", size, (40 * frame % 256, 90, frame % 256)) for frame in range(frames)]
    options = {"save_all": True, "append_images": images[1:], "duration": 100, "loop": 0} | options
    stream = io.BytesIO()
    images[0].save(stream, format, **options)
    return stream.getvalue()


def write_file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def copy_site(folder: Path) -> Path:
    """Copy a small Jekyll site with every form of file."""
    site = folder / "site"
    shutil.copytree(DATA / "site", site)
    write_file(site, "assets/orbit.png", make_picture())
    write_file(site, "assets/members/minamo.png", make_picture(colour="navy"))
    write_file(site, "assets/img/tank.png", make_picture(colour="olive"))
    return site


def import_all(*paths: Path, site_url: str = "", dry_run: bool = False, **inputs: Any) -> list[Outcome]:
    return import_paths(paths, ImportInputs(**inputs), site_url=site_url, dry_run=dry_run)


def import_text(folder: Path, text: str | bytes, *, name: str = "file.md", **inputs: Any) -> Outcome:
    """Import one file that is nowhere near a site."""
    (outcome,) = import_all(write_file(folder, name, text), **inputs)
    return outcome


def actions(outcomes: list[Outcome]) -> dict[str, str]:
    return {outcome.file: str(outcome.action) for outcome in outcomes}


def messages(outcome: Outcome) -> list[str]:
    return [f"{note.line}: {note}" for note in outcome.warnings]


def everything() -> dict[str, Any]:
    """Return the snapshot of each thing of the site."""
    return {f"{kind.__name__} {thing.path}": snapshot(thing) for kind in kinds() for thing in kind.objects.all()}

"""Files to import, for tests: written from texts, or a copy of the small site in `data/`."""

import io
import shutil
from pathlib import Path
from typing import Any

from PIL import Image

from interaxion.content.importing.inputs import ImportInputs
from interaxion.content.importing.outcome import Outcome
from interaxion.sitewide.importing import import_paths

DATA = Path(__file__).parent / "data"


def make_picture(*, colour: str = "teal", size: tuple[int, int] = (40, 30), format: str = "PNG") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, format)
    return stream.getvalue()


def write_file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def copy_site(folder: Path) -> Path:
    """A small Jekyll site with each form of file."""
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

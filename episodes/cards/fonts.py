"""Finding a Japanese font under an open licence on this machine."""

import logging
from functools import cache
from os.path import expanduser
from pathlib import Path

logger = logging.getLogger(__name__)

FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path(expanduser("~/.local/share/fonts")),
    Path(expanduser("~/.fonts")),
    Path("/Library/Fonts"),
    Path(expanduser("~/Library/Fonts")),
)
#: The best first, all under the SIL Open Font License or the IPA Font License. In a collection, the first is Japanese.
NAMES = (
    "NotoSerifCJK-Bold.ttc",
    "NotoSerifCJKjp-Bold.otf",
    "NotoSerifJP-Bold.otf",
    "NotoSansCJK-Bold.ttc",
    "NotoSansCJKjp-Bold.otf",
    "NotoSansJP-Bold.otf",
    "SourceHanSerif-Bold.ttc",
    "SourceHanSans-Bold.ttc",
    "NotoSansCJK-Regular.ttc",
    "ipaexm.ttf",
    "ipaexg.ttf",
)


@cache
def find_font(folders: tuple[Path, ...] = FOLDERS) -> Path | None:
    """Return the file of the font; None, with a line in the log, if there is none."""
    found: dict[str, Path] = {}
    for folder in folders:
        for file in folder.rglob("*") if folder.is_dir() else ():
            found.setdefault(file.name, file)
    for name in NAMES:
        if name in found:
            return found[name]
    logger.warning("Cards are drawn without text: no font for Japanese is installed, such as fonts-noto-cjk")
    return None

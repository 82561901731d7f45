"""Finding fonts under an open licence on this machine: one for Japanese, and those with what it lacks."""

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

#: What the font above lacks: ₂ ħ ≈ ⁻ in a similar face first, then symbols and emoji of one colour.
FALLBACKS = (
    "NotoSerif-Bold.ttf",
    "DejaVuSerif-Bold.ttf",
    "NotoSansMath-Regular.ttf",
    "STIXTwoMath-Regular.otf",
    "NotoSansSymbols2-Regular.ttf",
    "NotoEmoji-Bold.ttf",
    "NotoEmoji-Regular.ttf",
    "DejaVuSans-Bold.ttf",
    "Symbola.ttf",
)


@cache
def find_fonts(folders: tuple[Path, ...] = FOLDERS) -> tuple[Path, ...]:
    """Return the files, the one for Japanese first; (), with a line in the log, if there is none for Japanese."""
    found: dict[str, Path] = {}
    for folder in folders:
        for file in folder.rglob("*") if folder.is_dir() else ():
            found.setdefault(file.name, file)
    japanese = next((found[name] for name in NAMES if name in found), None)
    if japanese is None:
        logger.warning("Cards are drawn without text: no font for Japanese is installed, such as fonts-noto-cjk")
        return ()
    return (japanese, *(found[name] for name in FALLBACKS if name in found))

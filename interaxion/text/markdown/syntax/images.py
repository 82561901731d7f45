"""Pictures within the description of a picture: the parser reads it again for each level of them."""

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, image

#: Levels; nobody needs one. The marks of deeper ones are read as those of links.
DEEPEST = 2


def nested_images(md: MarkdownIt) -> None:
    md.inline.ruler.at("image", _image)


def _image(state: StateInline, silent: bool) -> bool:
    level = state.env.get("image_level", 0)
    if level > DEEPEST:
        return False
    state.env["image_level"] = level + 1
    try:
        return image(state, silent)
    finally:
        state.env["image_level"] = level

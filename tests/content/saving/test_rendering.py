from interaxion.content.saving.rendering import LONGEST, MOST, _kept, render_once
from interaxion.text.markdown import MISSING, ImageSource, render
from tests.call_counts import counted

SOURCE = "![茸](/img/fungus.png) と [頁](old.html)\n"


class Files:
    """A resolver with these answers for pictures; it knows no link and no diagram."""

    def __init__(self, **pictures: ImageSource):
        self.pictures = pictures

    def image(self, src):
        return self.pictures.get(src.rpartition("/")[2].partition(".")[0], MISSING)

    def link(self, href):
        return None

    def diagram(self, source):
        return None


def test_text_is_rendered_again_only_if_what_it_names_has_changed():
    stored = Files(fungus=ImageSource("/media/fungus.png", 8, 8))
    with counted(render) as calls:
        without = render_once(SOURCE, "notes", Files())
        assert render_once(SOURCE, "notes", Files(other=ImageSource("/media/other.png", 8, 8))) == without
        assert calls == {"render": 1}
        rendered = render_once(SOURCE, "notes", stored)

    assert "/media/fungus.png" in rendered.html
    assert rendered == render(SOURCE, "notes", stored)
    assert render_once(SOURCE, "post", stored) == render(SOURCE, "post", stored)


def test_few_texts_are_kept_and_none_that_is_long():
    for n in range(2 * MOST):
        render_once(f"{n}", "notes", Files())
    render_once("長" * (LONGEST + 1), "notes", Files())

    assert [source for _kind, source in _kept] == [f"{n}" for n in range(MOST, 2 * MOST)]

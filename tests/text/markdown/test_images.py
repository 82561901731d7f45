import pytest

from interaxion.text.markdown import MISSING, ImageSource, render


class Library:
    """Knows one picture and one page."""

    def image(self, src):
        known = {"ice.png": ImageSource("/media/ice.1.webp", 800, 600, "/media/ice.1.webp 800w"), "gone.png": MISSING}
        return known.get(src)

    def link(self, href):
        return "/57" if href == "https://old.example/57" else None

    def diagram(self, source):
        return None


def test_known_picture_gets_its_address_and_size():
    rendered = render("text\n![氷](ice.png)", resolver=Library())

    assert (
        '<img src="/media/ice.1.webp" srcset="/media/ice.1.webp 800w" sizes="(min-width: 42em) 38em, 100vw" alt="氷"'
        ' width="800" height="600" loading="lazy">'
    ) in rendered.html
    assert [(image.src, image.alt, image.line) for image in rendered.outline.images] == [("ice.png", "氷", 2)]


def test_picture_stays_as_written_without_a_resolver():
    assert '<img src="ice.png" alt="氷" title="冬" loading="lazy">' in render('![氷](ice.png "冬")').html


@pytest.mark.parametrize("source", ["![氷の図](gone.png)", '<img src="gone.png" alt="氷の図">'])
def test_missing_picture_leaves_its_description_and_a_warning(source):
    rendered = render(source, resolver=Library())

    assert '<span class="missing-picture">氷の図</span>' in rendered.html
    assert [problem.detail for problem in rendered.warnings] == ["gone.png"]


def test_decorative_is_no_title():
    assert 'title="' not in render('![](ice.png "decorative")').html


@pytest.mark.parametrize(
    "source", ["![氷](https://example.org/a.png)", '<img src="https://example.org/a.png" alt="氷">']
)
def test_remote_picture_becomes_a_link_and_a_warning(source):
    rendered = render(source)

    assert "<img" not in rendered.html
    assert '<a class="remote-image" href="https://example.org/a.png" rel="noopener">氷</a>' in rendered.html
    assert len(rendered.warnings) == 1


@pytest.mark.parametrize(
    "src",
    [
        "//example.org/a.png",
        "/\\example.org/a.png",
        "data:image/png;base64,AA",
        "\\\\example.org/a",
        "HTTP://e.org/",
    ],
)
def test_no_spelling_of_another_host_is_shown(src):
    assert "<img" not in render(f'<img src="{src}" alt="氷">').html


def test_own_links_are_resolved_and_kept_as_written_in_the_outline():
    rendered = render('[a](https://old.example/57) <a href="https://old.example/57">b</a>', resolver=Library())

    assert rendered.html.count('href="/57"') == 2
    assert [link.url for link in rendered.outline.links] == ["https://old.example/57"] * 2

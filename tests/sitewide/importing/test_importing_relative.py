"""Documents that name others, and pictures, by where these lie beside them."""

import pytest

from courses.models import Chapter
from interaxion.sitewide.models import Page
from posts.models import Post
from tests.imports import actions, import_all, import_text, make_picture, messages, write_file

pytestmark = pytest.mark.django_db

POST = "---\nlayout: post\ntitle: %s\ncategories: blog\n---\n%s\n"
PAGE = "---\nlayout: page\ntitle: %s\n---\n%s\n"


def test_pictures_beside_chapters_are_kept_and_shown(tmp_path):
    for course, size in (("waves", (41, 30)), ("ice", (42, 30))):
        write_file(tmp_path, f"ja/{course}/index.md", "# 目次\n")
        write_file(tmp_path, f"ja/{course}/images/fig.png", make_picture(size=size))
        write_file(tmp_path, f"ja/{course}/one.md", "# 一\n\n![図](images/fig.png)\n")
    write_file(tmp_path, "ja/waves/beside.png", make_picture(size=(43, 30)))
    write_file(tmp_path, "shared/s.png", make_picture(size=(44, 30)))
    write_file(tmp_path, "ja/waves/doc.pdf", b"%PDF-1.4\n%%EOF\n")
    write_file(
        tmp_path,
        "ja/waves/two.md",
        "# 二\n\n![あ](beside.png)\n\n![い](../ice/images/fig.png)\n\n![う](../../shared/s.png)\n\n[え](doc.pdf)\n",
    )

    first, second = import_all(tmp_path), import_all(tmp_path)

    widths = {"waves": 'width="41"', "ice": 'width="42"'}
    for course, width in widths.items():
        assert width in Chapter.objects.get(course__slug=course, slug="one").html
    html = Chapter.objects.get(slug="two").html
    assert [f'width="{width}"' in html for width in (43, 42, 44)] == [True, True, True]
    assert 'href="/media/files/' in html
    assert not [note for outcome in first for note in messages(outcome) if "no date" not in note]
    assert set(actions(second).values()) == {"unchanged"}


def test_picture_beside_a_file_on_its_own_is_kept(tmp_path):
    write_file(tmp_path, "images/fig.png", make_picture())

    outcome = import_text(
        tmp_path, POST.replace("layout", "date: 2026-02-05\nlayout") % ("潮", "![図](images/fig.png)")
    )

    assert messages(outcome) == []
    assert "<img " in Post.objects.get().html


def test_picture_beside_its_document_wins_over_others_of_the_name(tmp_path):
    write_file(tmp_path, "_config.yml", "title: 波\n")
    for folder, size in (("a", (41, 30)), ("b", (42, 30))):
        write_file(tmp_path, f"{folder}/images/fig.png", make_picture(size=size))
        write_file(tmp_path, f"{folder}/page.md", PAGE % ("案内", "![図](images/fig.png)"))

    import_all(tmp_path)

    assert 'width="41"' in Page.objects.get(path="/a/page/").html
    assert 'width="42"' in Page.objects.get(path="/b/page/").html


def test_relative_links_lead_to_what_the_documents_became(tmp_path, client):
    write_file(tmp_path, "_config.yml", "title: 波\n")
    text = "[a](2026-02-06-other.md) [b](./2026-02-06-other.md#part) [c](../about.md) [d]\n\n[d]: ../docs/guide.html"
    write_file(tmp_path, "_posts/2026-02-05-a.md", POST % ("潮", text))
    write_file(
        tmp_path, "_posts/2026-02-06-other.md", POST % ("氷", "## Part\n\n[x](gone.md) [y](https://h.example/x.md)")
    )
    write_file(tmp_path, "about.md", PAGE % ("案内", "本文"))
    write_file(tmp_path, "docs/guide.md", PAGE % ("手引き", "本文"))

    outcomes = import_all(tmp_path)

    html = Post.objects.get(title="潮").html
    other = "/blog/2026/02/06/other.html"
    assert [f'href="{address}"' in html for address in (other, f"{other}#part", "/about/", "/docs/guide/")] == [
        True
    ] * 4
    assert client.get(other).headers["Location"] == Post.objects.get(title="氷").path
    assert [note for outcome in outcomes for note in messages(outcome)] == ["8: the page gone.md is missing"]

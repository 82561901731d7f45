import pytest

from interaxion.content.linking.health import LinkStatus
from interaxion.content.saving.transitions import transition
from interaxion.text.problems import Level
from tests.factories import make_chapter, make_course, make_page, make_post

pytestmark = pytest.mark.django_db


def problems_of(body, **fields):
    return make_post(body=body, **fields).problems()


def test_post_with_nothing_wrong_has_no_problem():
    body = "[例](https://example.org/)、**強調**、`a**b`、$a^{**}$。\n\n```py\nx ** 2\n```\n\n![図](/static/x.png)\n"

    assert problems_of(body) == []


def test_table_that_is_not_rendered_is_an_error_with_its_line():
    problem, *_ = problems_of("表の前。\n\n" + "|a" * 100 + "|\n" + "|-" * 100 + "|\n" + "|\n" * 200)

    assert (problem.level, problem.field, problem.line) == (Level.ERROR, "body", 3)


@pytest.mark.parametrize(
    "body",
    [
        "本文。\n\n<iframe src='https://a.example/'>\nこの続きも消える。\n",
        "<svg><text>図の中の字</text></svg>\n",
        "選んで<select><option>一</option></select>ください。\n",
        "<object data='x'>代わりの文</object>\n",
        "<style>\n書き忘れた終わり\n",
    ],
)
def test_html_that_takes_text_along_is_an_error(body):
    (problem,) = [problem for problem in problems_of(body) if problem.level == Level.ERROR]

    assert problem.field == "body"


@pytest.mark.parametrize(
    "body",
    [
        "<script async src='https://a.example/w.js'></script>\n\n本文\n",
        "<iframe src='https://www.youtube.com/embed/abcdefghijk'>見られません</iframe>\n",
        "<style>p { color: red }</style>\n\n本文\n",
        "<blink>古い</blink><!-- 書き手の覚え書き -->\n",
        "<noscript>別の字</noscript>本文\n",
    ],
)
def test_html_whose_text_stays_or_was_never_seen_is_no_problem(body):
    assert problems_of(body) == []


@pytest.mark.parametrize(
    ("body", "mark"),
    [
        ("最初の行。\n\n**閉じない強調\n", "**"),
        ("* 目次\n{:toc}\n", "{:toc}"),
        ("{% include figure.html src='x' %}\n", "{% include"),
        ("題{: .center }\n", "{: .center }"),
    ],
)
def test_leftover_markup_is_warned_of(body, mark):
    (problem,) = problems_of(body)

    assert problem.level is Level.WARNING and mark in problem.message


def test_pictures_without_words_are_counted_but_for_decorative_ones():
    body = '![](/static/a)\n\n![図](/static/b)\n\n![](/static/c "decorative")\n\n<img src="/static/d">\n'

    (problem,) = problems_of(body)

    assert problem.level is Level.WARNING and "2" in problem.message


@pytest.mark.parametrize(
    "src", ["nothing.png", "/assets/nothing.png", "/media/pictures/nothing.png", "../a/nothing.png"]
)
def test_picture_that_is_not_there_is_warned_of_at_its_line(src):
    (problem,) = problems_of(f"本文。\n\n![図]({src})\n")

    assert (problem.level, problem.field, problem.line) == (Level.WARNING, "body", 3)
    assert src in problem.message


def test_pictures_that_are_not_there_are_told_together():
    (problem,) = problems_of("本文。\n\n![一](a.png)\n\n![二](b.png) ![一](a.png)\n")

    assert problem.line == 3 and "a.png、b.png" in problem.message


def test_picture_of_another_site_is_not_looked_for():
    assert problems_of("![図](https://a.example/nothing.png)\n") == []


def test_long_post_without_summary_is_warned_of():
    (problem,) = problems_of("長い本文。" * 50)

    assert (problem.level, problem.field) == (Level.WARNING, "summary")
    assert problems_of("長い本文。" * 50, summary="要約。") == []


def test_chapter_at_a_place_that_is_taken_is_warned_of():
    course = make_course()
    first = make_chapter(course=course, title="先の章", slug="first")
    second = make_chapter(course=course, slug="second")

    (problem,) = second.problems()

    assert (problem.level, problem.field) == (Level.WARNING, "position")
    assert str(first) in problem.message
    transition(first, to="trashed", user=None)
    assert second.problems() == []


def test_dead_link_is_warned_of_once_with_an_archive():
    LinkStatus.objects.create(url="https://a.example/x", state="dead")
    LinkStatus.objects.create(url="https://a.example/y", state="unknown", code=404)

    (problem,) = problems_of("[一](https://a.example/x#p) [二](https://a.example/x) [三](https://a.example/y)\n")

    assert problem.level is Level.WARNING and "一" in problem.message
    assert problem.offer.endswith("/https://a.example/x")


def test_problems_are_counted_after_a_save_as_they_are_shown(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        post = make_post(body="![**星](/files/lost.png)\n\n本文 **続き\n\n![](/static/x.png)\n")

    assert post.problem_counts.get().warnings == len(post.problems()) == 3


def test_title_of_spaces_and_taken_address_are_errors():
    make_page(title="先", path="/first/")
    post = make_post()
    post.title, post.path = " ", "/first"

    assert {(problem.level, problem.field) for problem in post.problems()} == {
        (Level.ERROR, "title"),
        (Level.ERROR, "path"),
    }


@pytest.mark.parametrize("make", [make_chapter, make_course, make_page])
def test_every_kind_has_the_shared_checks(make):
    thing = make()
    field = "source" if hasattr(thing, "source") else "body"
    setattr(thing, field, "**閉じない\n")

    assert (Level.WARNING, field) in {(problem.level, problem.field) for problem in thing.problems()}


def test_link_to_no_place_in_the_text_is_told_once():
    body = "## 氷・水\n\n[一](#氷水) [二](#上) [三](#上) [四](#main) [五](#top)\n\n<a name=main></a>\n"

    (problem,) = problems_of(body)

    assert "「二」" in problem.message and problem.message.endswith("：#上")
    assert (problem.line, problem.level) == (3, Level.WARNING)

import re
from datetime import timedelta
from io import StringIO
from urllib.parse import unquote

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from episodes.models import Episode
from interaxion.content.changes.named_rows import merge_named_rows
from interaxion.content.linking.merging import merge_works
from interaxion.content.linking.works import Work
from interaxion.content.saving.deriving import derive
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from interaxion.content.search import rows
from interaxion.content.search.finding import answer, find
from interaxion.content.search.index import find_candidates
from interaxion.content.search.results import SearchResult, read
from interaxion.content.search.rows import SearchRow
from interaxion.content.tags import Tag
from interaxion.text.search.query import parse_query
from posts.models import Post
from tests.factories import make_chapter, make_course, make_episode, make_page, make_post, make_speaker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def first_place(typed: str) -> str:
    """The address of the first page found, down to its first place, and the time there."""
    query = parse_query(typed)
    query, findings = answer(query)
    found = read(findings.matches[:1], query)
    if not found:
        return ""
    hit = found[0].hits[0] if found[0].hits else None
    anchor = f"#{hit.anchor}" if hit and hit.anchor else ""
    time = f" {hit.starts_at}" if hit and hit.starts_at is not None else ""
    return unquote(found[0].address) + anchor + time


def found_by(typed: str, **kwargs) -> list[SearchResult]:
    query = parse_query(typed)
    return read(find(query, **kwargs).matches, query)


@pytest.fixture
def site():
    minami = make_speaker(name="南ミナミ", reading="みなみ", aliases=["Minami"])
    kuze = make_speaker(name="久世凪", reading="くぜ なぎ")
    make_episode(
        number="12",
        title="喫茶の回",
        notes=(
            "### 0:36 豆の話\n\nコーヒーを飲み、カードを引き、ノートを閉じる。\n\n"
            "### 12:07 絵の話\n\nアートのイカを描くキー。テッド・チャンと C-S-H と SPring-8。"
            "An iron superconductor of many superconductors.\n"
        ),
        speakers=(kuze,),
        tags=("量子 ドット",),
        live=True,
    )
    make_episode(
        number="19.5",
        title="番外編の回",
        notes="### 0:00 近況\n\nアクシオンを探す。\n\n### 1:30 ＬＫ－９９ の追試\n\n- MgB₂ の線材\n",
        speakers=(minami,),
        tags=("超伝導",),
        live=True,
    )
    make_episode(
        number="36",
        title="光の話",
        summary="干渉をやさしく。",
        notes=(
            "### 0:00 はじめに\n\n物性物理の研究室で、コンピューターを使う。\n\n"
            "### 1:02:10 Schrödinger の猫\n\n- [quantum error correction](https://doi.org/10.1000/qec)\n\n"
            "#### 細部\n\nラーメンのたとえ。円周率は 3.14 くらい。\n\n"
            "- [解説](https://www.jstage.jst.go.jp/article/butsuri/72/4/72_231/_article)\n"
            "- [解説](https://doi.org/10.11316/butsuri.72.4_231)\n"
            "- [PDF](https://arxiv.org/pdf/2006.09721v2)\n"
        ),
        live=True,
    )
    make_post(
        title="アクシオンとはなにか", body="## 名前\n\n洗剤の名から。\n\n## 探しかた\n\n磁場で光に変える。\n", live=True
    )
    course = make_course(slug="mlp", title="機械学習のコース", live=True)
    make_chapter(
        course=course, slug="one", title="誤差", source="# 誤差\n\n## 勾配\n\n坂を下る。$E=mc^2$\n", live=True
    )  # fmt: skip
    make_page(title="聴きかた", path="/how/", body="アプリで聴けます。", live=True)
    make_post(
        title="まぎらわしい綴り",
        body="デコヒーレンスが役立つのかどうか。組み合わせのトークンとテキスト。ギアとして、これでいいかー。",
        live=True,
    )
    make_episode(number="58", title="下書きの回", notes="### 0:00 秘密\n\nアクシオン\n")


#: What is typed, and the address and time (in seconds) that come first; "" for nothing.
TABLE = {
    "19.5": "/19-5",
    "19": "/19-5",
    "36": "/36",
    "19-5": "/19-5",
    "/19-5": "/19-5",
    "#19-5": "/19-5",
    "第19-5回": "/19-5",
    "36回": "/36",
    "36話": "/36",
    "/36": "/36",
    "#36": "/36",
    "第36回": "/36",
    "第 36 回": "/36",
    "エピソード36": "/36",
    "ep36": "/36",
    "Ep. 36 光": "/36",
    "36-5": "",
    "第7回": "",
    "#1": "",
    "LK-99": "/19-5#t-90 90",
    "ＬＫ－９９": "/19-5#t-90 90",
    "LK‐99 追試": "/19-5#t-90 90",
    "lk99": "/19-5#t-90 90",
    '"lk99"': "",
    '"lk-99"': "/19-5#t-90 90",
    "99": "/19-5#t-90 90",
    "mgb2": "/19-5#t-90 90",
    "ＭｇＢ２": "/19-5#t-90 90",
    "MgB": "/19-5#t-90 90",
    "物性": "/36#t-0 0",
    "物": "/36#t-0 0",
    "性物": "/36#t-0 0",
    "研究": "/36#t-0 0",
    "究室": "/36#t-0 0",
    "コンピューター": "/36#t-0 0",
    "コンピュータ": "/36#t-0 0",
    "ｺﾝﾋﾟｭｰﾀ": "/36#t-0 0",
    "こんぴゅーたー": "/36#t-0 0",
    "schrodinger": "/36#t-3730 3730",
    "SCHRÖDINGER": "/36#t-3730 3730",
    "Schröd": "/36#t-3730 3730",
    "chrodinger": "/36#t-3730 3730",
    "らーめん": "/36#細部 3730",
    "ﾗ-ﾒﾝ": "/36#細部 3730",
    "ﾗｰﾒﾝ": "/36#細部 3730",
    "3.14": "/36#細部 3730",
    "光": "/36",
    "干渉": "/36",
    "アクシオン": "/blog/アクシオンとはなにか",
    "アクシオン 線材": "/19-5#t-0 0",
    "探しかた": "/blog/アクシオンとはなにか#探しかた",
    "勾配": "/courses/mlp/one/#勾配",
    "機械学習": "/courses/mlp/",
    "聴けます": "/how/",
    "南": "/speakers/南ミナミ/",
    "ミナミ": "/speakers/南ミナミ/",
    "みなみ": "/speakers/南ミナミ/",
    "Minami": "/speakers/南ミナミ/",
    "超伝導": "/tags/超伝導/",
    "quantum error correction": "/works/{work}/",
    "quantum correction": "/36#t-3730 3730",
    "10.11316/butsuri.72.4_231": "/works/{article}/",
    "doi:10.11316/BUTSURI.72.4_231": "/works/{article}/",
    "doi: 10.11316/butsuri.72.4_231": "/works/{article}/",
    "https://doi.org/10.11316/butsuri.72.4_231": "/works/{article}/",
    "「https://doi.org/10.11316/butsuri.72.4_231」": "/works/{article}/",
    '"10.11316/butsuri.72.4_231"': "/works/{article}/",
    "butsuri 231": "/works/{article}/",
    "10.11316/butsuri.72.4_23": "/works/{article}/",
    "10.11316/butsuri.72.4_232": "",
    "2006.09721": "/works/{preprint}/",
    "２００６．０９７２１": "/works/{preprint}/",
    "arXiv:2006.09721": "/works/{preprint}/",
    "arXiv:2006.09721v1": "/works/{preprint}/",
    "https://arxiv.org/abs/2006.09721": "/works/{preprint}/",
    "2006.09722": "",
    '"コンピューター"': "/36#t-0 0",
    '"こんぴゅーたー"': "",
    '"物性物理の研究室"': "/36#t-0 0",
    '"物性の研究室"': "",
    "秘密": "",
    "ソレハナイヨ": "",
    "zzzzz": "",
    "・": "",
    "コーヒー": "/12#t-36 36",
    "こーひー": "/12#t-36 36",
    "カード": "/12#t-36 36",
    "ノート": "/12#t-36 36",
    "アート": "/12#t-727 727",
    "イカ": "/12#t-727 727",
    "キー": "/12#t-727 727",
    "デコヒーレンス": "/blog/まぎらわしい綴り",
    "かどうか": "/blog/まぎらわしい綴り",
    "テッドチャン": "/12#t-727 727",
    "テッド・チャン": "/12#t-727 727",
    "CSH": "/12#t-727 727",
    "csh系": "/12#t-727 727",
    "spring8": "/12#t-727 727",
    "iron superconductor": "/12#t-727 727",
    "superconductor iron": "/12#t-727 727",
    "iro supercond": "/12#t-727 727",
    "南ミナミ 線材": "/19-5#t-90 90",
    "超伝導 線材": "/19-5#t-90 90",
    "量子ドット": "/tags/量子-ドット/",
    "量子ドット イカ": "/12#t-727 727",
    "くぜなぎ": "/speakers/久世凪/",
    "くぜ なぎ": "/speakers/久世凪/",
    "光 -干渉": "/blog/アクシオンとはなにか#探しかた",
    "光　－干渉": "/blog/アクシオンとはなにか#探しかた",
    '光 -"干渉を" -磁場': "",
    "線材,追試": "/19-5#t-90 90",
    "線材、追試": "/19-5#t-90 90",
    "線材／追試": "/19-5#t-90 90",
    "iron,superconductors": "/12#t-727 727",
    "MgB2線材": "/19-5#t-90 90",
    "追試LK-99": "/19-5#t-90 90",
    "#線材": "/19-5#t-90 90",
}


def test_what_comes_first(site):
    works = {
        "work": Work.objects.get(key="doi:10.1000/qec").pk,
        "article": Work.objects.get(key="doi:10.11316/butsuri.72.4_231").pk,
        "preprint": Work.objects.get(key="arxiv:2006.09721").pk,
    }

    assert {typed: first_place(typed) for typed in TABLE} == {
        typed: first.format(**works) for typed, first in TABLE.items()
    }


def test_the_time_of_a_heading_is_no_number_of_its_text():
    make_episode(number="9", title="節の話", notes="### 36:09 節\n\n2022 年の話。\n", live=True)

    assert [found_by(typed) for typed in ("36", "#36", "09")] == [[], [], []]
    assert [found.row.path for found in found_by("2022")] == ["/9"]
    assert [hit.starts_at for hit in found_by("節")[0].hits] == [2169]


def test_what_is_like_the_number_of_an_episode_is_looked_for_as_it_is_written_where_it_is_none():
    post = make_post(body="長さは 2-3 くらい。", live=True)

    assert first_place("2-3") == unquote(post.get_absolute_url())
    assert first_place("第2回") == ""


def test_the_number_of_an_episode_finds_it_and_what_mentions_it_by_number():
    episode, other = make_episode(number="3", live=True), make_episode(number="30", live=True)
    make_post(title="3 度", body="35 度が 3 日。第3章。", live=True)
    mention = make_post(title="記事", body="第3回で話した。", live=True)

    for typed in ("第3回", "#3", "3回", "Ep. 3", "/3"):
        assert [found.row.path for found in found_by(typed)] == [episode.path, mention.path]
    assert [found.row.path for found in found_by("#30")] == [other.path]


def test_as_it_is_typed_comes_before_what_is_spelled_otherwise_in_the_same_place():
    typed = make_post(title="一", body="コンピューターの話。", live=True)
    in_heading = make_post(title="二", body="## コンピュータ\n\n本文。", live=True)
    other = make_post(title="三", body="コンピュータの話。", live=True)

    expected = [in_heading.path, typed.path, other.path]
    assert [found.row.path for found in found_by("コンピューター")] == expected


def test_a_line_with_the_word_as_it_is_typed_is_shown_before_another():
    make_post(body="## 一\n\nコンピュータの話。\n\n## 二\n\nコンピューターの話。\n", live=True)

    assert [hit.heading for hit in found_by("コンピューター")[0].hits] == ["二", "一"]


def test_a_thing_is_found_by_its_people_and_tags_after_titles_and_headings_and_shows_no_line_for_them():
    speaker = make_speaker(name="南ミナミ", aliases=["なみ"])
    make_post(title="本文", body="南ミナミの話。", live=True)
    tagged = make_post(title="題名", body="線材。", authors=(speaker,), tags=("光学",), live=True)
    make_post(title="見出し", body="## 南ミナミ\n\n光学ではない。", live=True)

    found = found_by("南ミナミ")
    assert [str(each.name) for each in found] == ["南ミナミ", "見出し", "題名", "本文"]
    assert found[2].hits == []
    assert [str(each.name) for each in found_by("なみ")] == ["南ミナミ"]
    assert [each.row.path for each in found_by("南 光学 線材")] == [tagged.path]
    assert [hit.html for hit in found_by("南 光学 線材")[0].hits] == ["<mark>線材</mark>。"]


def test_what_a_summary_names_counts_as_a_heading_does_and_then_what_dwells_on_it_comes_first():
    heading = make_post(title="一", body="## 磁石\n\n本文。別の話も、ほかの話もした。", live=True)
    dwelling = make_post(title="二", summary="線材と磁石の話。", body="磁石だ。\n\n磁石か。\n\n磁石。", live=True)
    text = make_post(title="三", body="磁石。磁石。磁石。", live=True)

    assert [found.row.path for found in found_by("磁石")] == [dwelling.path, heading.path, text.path]


def test_another_name_of_somebody_or_of_a_tag_counts_as_their_name():
    speaker = make_speaker(name="北村", aliases=["きた先生", "キタ"])
    make_post(title="きた先生、きたの話", body="本文。", authors=(speaker,), live=True)

    assert [str(found_by(typed)[0].name) for typed in ("きた先生", "キタ先生", "キタ", "きた")] == ["北村"] * 4


def test_the_index_follows_the_names_of_people_and_tags():
    speaker, other = make_speaker(name="南"), make_speaker(name="北")
    episode = make_episode(speakers=(speaker,), tags=("光学", "音響"), live=True)
    chapter = make_chapter(tags=("光学",), live=True)

    def found(typed: str) -> set[str]:
        return {each.row.path for each in found_by(typed) if each.model in ("episodes.episode", "courses.chapter")}

    speaker.name = "西"
    speaker.save()
    assert (found("南"), found("西")) == (set(), {episode.path})

    merge_named_rows([speaker], other, user=None)
    assert (found("西"), found("北")) == (set(), {episode.path})

    tag = Tag.objects.get(name="光学")
    tag.name = "オプティクス"
    tag.save()
    assert (found("光学"), found("オプティクス")) == (set(), {episode.path, chapter.path})

    merge_named_rows([tag], Tag.objects.get(name="音響"), user=None)
    assert (found("オプティクス"), found("音響")) == (set(), {episode.path, chapter.path})

    Tag.objects.get(name="音響").delete()
    assert found("音響") == set()
    assert found("北") == {episode.path}


def test_what_else_was_meant_is_looked_for_where_nothing_is_found_as_it_is_typed():
    make_post(title="一", body="AI 研究", live=True)

    asked = parse_query("AI研究")
    read_as, findings = answer(asked)
    assert ([term.written for term in read_as.terms], len(findings.matches)) == (["AI", "研究"], 1)

    make_post(title="二", body="AI研究", live=True)
    read_as, findings = answer(asked)
    assert (read_as, len(findings.matches)) == (asked, 1)

    asked = parse_query("XY火星")
    assert answer(asked) == (asked, find(asked))


@pytest.mark.parametrize("to", ["draft", "review", "trashed"])
def test_the_index_follows_every_transition(to):
    post = make_post(title="アクシオン", live=True)
    assert first_place("アクシオン") == unquote(post.get_absolute_url())

    transition(post, to=to, user=None)
    assert first_place("アクシオン") == ""


def test_the_index_follows_a_save_and_a_deletion():
    post = make_post(title="古い題", body="古い本文", live=True)
    post.title, post.body = "新しい題", "別のことば"
    store(post, user=None)

    assert first_place("古い") == ""
    assert first_place("別のことば") == unquote(post.get_absolute_url())

    post.delete()
    assert first_place("別のことば") == ""
    assert SearchRow.objects.count() == 0


def test_the_index_follows_a_save_that_is_rolled_back():
    post = make_post(title="古い題", live=True)
    post.title = "新しい題"

    def fail():
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store(post, user=None, write_related=fail)

    assert first_place("古い題") == unquote(post.get_absolute_url())
    assert first_place("新しい題") == ""


def test_titles_and_headings_are_found_before_texts_where_not_all_are_looked_at():
    make_post(title="アクシオン", live=True)
    make_post(title="見出し", body="## アクシオン\n\n磁場。\n", live=True)
    for number in range(3):
        make_post(title=f"記事{number}", body="アクシオン", live=True)

    few, all_of_them = find(parse_query("アクシオン"), most=3), find(parse_query("アクシオン"), most=6)

    titles = [str(each.row.title) for each in read(few.matches, parse_query("アクシオン"))]
    assert titles == ["アクシオン", "見出し", "記事2"]
    assert few.is_capped
    assert len(all_of_them.matches) == 5
    assert not all_of_them.is_capped


def test_rebuilding_indexes_the_same_again():
    post = make_post(title="アクシオン", live=True)
    SearchRow.objects.all().delete()

    derive(post)

    assert first_place("アクシオン") == unquote(post.get_absolute_url())
    assert SearchRow.objects.count() == 1


def test_what_will_be_live_is_found_from_then_on():
    tomorrow = timezone.now() + timedelta(days=1)
    make_post(title="あしたの話", publish_at=tomorrow)

    assert found_by("あした") == []
    assert len(find(parse_query("あした"), at=tomorrow).matches) == 1


def test_speakers_and_tags_are_found_by_every_name_while_something_live_is_behind_them():
    speaker = make_speaker(name="南", aliases=["みなみさん"])
    post = make_post(authors=(speaker,), tags=("光学", "オプティクス"), live=True)
    merge_named_rows([Tag.objects.get(name="オプティクス")], Tag.objects.get(name="光学"), user=None)

    assert first_place("みなみさん") == unquote(speaker.get_absolute_url())
    assert first_place("おぷてぃくす") == "/tags/光学/"

    transition(post, to="draft", user=None)
    assert first_place("みなみさん") == ""
    assert first_place("光学") == ""


def test_a_work_is_found_by_its_live_words_once_and_by_an_editors_title():
    make_post(body="[ひみつの題](https://doi.org/10.1000/a)")
    make_post(body="[見える題](https://doi.org/10.1000/a)", live=True)
    make_post(body="[見える論文の題](https://doi.org/10.1000/a)", live=True)
    work = Work.objects.get()

    assert [found.title for found in found_by("見える") if found.model == "content.work"] == [
        "<mark>見える</mark>論文の題"
    ]
    assert found_by("ひみつ") == []

    work.title = "編集者の題"
    work.save()
    assert first_place("編集者") == work.get_absolute_url()
    [found] = [each for each in found_by("見える") if each.model == "content.work"]
    assert found.title == "編集者の題"


def test_a_work_is_found_by_its_number_under_what_live_links_call_it():
    make_post(body="[ひみつの題](https://doi.org/10.1000/a) と [ひみつ](https://doi.org/10.1000/hidden)")
    make_post(body="[見える題](https://doi.org/10.1000/a)", live=True)
    make_post(body="[10.1000/a](https://doi.org/10.1000/a)", live=True)
    make_post(body="<https://youtu.be/abcdefghijk>\n\n[動画](https://youtu.be/abcdefghijk)", live=True)

    assert found_by("10.1000/a")[0].title == "見える題"
    assert [found.model for found in found_by("10.1000/a")] == ["content.work", "posts.post"]
    assert found_by("10.1000/hidden") == []
    assert found_by("https://www.youtube.com/watch?v=abcdefghijk")[0].model == "content.work"


def test_a_work_is_called_as_on_its_page_with_the_words_that_found_it():
    make_post(body="[はじめに呼んだ題](https://doi.org/10.1000/a)", live=True)
    make_post(body="[別の言いかた](https://doi.org/10.1000/a)", live=True)

    by_title, by_words = (next(each for each in found_by(typed) if each.row.work) for typed in ("はじめ", "別の"))

    assert by_title.title == "<mark>はじめ</mark>に呼んだ題"
    assert by_title.hits == []
    assert by_words.title == "はじめに呼んだ題"
    assert [hit.html for hit in by_words.hits] == ["<mark>別の</mark>言いかた"]


def test_a_page_of_the_web_that_has_a_page_here_is_found_by_the_words_of_its_links():
    make_post(body="[ある道具の説明](https://example.org/tool) と [一度だけ](https://example.org/once)", live=True)
    assert [found.model for found in found_by("ある道具の説明")] == ["posts.post"]

    make_post(body="[例の道具](https://example.org/tool/) <https://example.org/tool>", live=True)
    make_post(body="[ひみつの道具](https://example.org/tool)")
    work = Work.objects.get(key="url:example.org/tool")

    assert first_place("例の道具") == work.get_absolute_url()
    assert [found.model for found in found_by("道具 例の")] == ["posts.post", "content.work"]
    assert [found.model for found in found_by("一度だけ")] == ["posts.post"]
    assert found_by("ひみつ") == []


def test_a_number_that_is_the_only_name_of_a_work_is_its_title():
    make_post(body="[![](a.png)](https://doi.org/10.1000/a)", live=True)

    assert [str(found.title) for found in found_by("doi:10.1000/a")] == ["doi:<mark>10.1000/a</mark>"]


def test_a_merged_work_is_found_by_the_number_that_its_links_have():
    make_post(body="[論文](https://doi.org/10.1000/a)", live=True)
    make_post(body="[プレプリント](https://arxiv.org/abs/2301.00001)", live=True)
    paper, preprint = Work.objects.get(kind="doi"), Work.objects.get(kind="arxiv")

    merge_works(preprint, paper)
    make_post(body="[また](https://arxiv.org/abs/2301.00001)", live=True)

    assert {found.address for found in found_by("2301.00001")} == {paper.get_absolute_url()}


def _is_episode(number):
    """Return the condition as the filters of the search page build it: it looks up one thing."""
    numbered = Episode.objects.filter(number=number)
    return lambda kind, key: Q(Exists(numbered.filter(pk=OuterRef(key)))) if kind is Episode else Q(pk__in=[])


@pytest.mark.parametrize("are_few", [True, False])
def test_a_search_within_things_stays_there(site, are_few):
    row = SearchRow.objects.get(path="/36", work=None)
    within = {row.owner} if are_few else _is_episode(36)

    assert {found.address for found in found_by("光", within=within)} == {"/36"}
    assert found_by("線材", within=within) == []
    assert found_by("光", within=set()) == []
    assert [found.address for found in found_by("", within=within)] == ["/36"]
    assert "/36" not in {found.address for found in found_by("光", without=_is_episode(36))}


def test_search_without_a_word_finds_the_newest_of_each_kind():
    for number in range(1, 4):
        make_episode(number=str(number), live=True)
        make_post(path=f"/blog/{number}", live=True)
    findings = find(
        parse_query(""),
        within=lambda kind, key: Q(**{f"{key}__gt": 0}),
        without=_is_episode(3),
        most=2,
    )

    assert [(match.model, match.pk) for match in findings.matches] == [
        ("posts.post", Post.objects.get(path="/blog/3").pk),
        ("posts.post", Post.objects.get(path="/blog/2").pk),
        ("episodes.episode", Episode.objects.get(number=2).pk),
        ("episodes.episode", Episode.objects.get(number=1).pk),
    ]
    assert findings.is_capped


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_costs_the_same_few_queries(count):
    speaker = make_speaker(name="アクシオン")
    for number in range(count):
        make_post(
            title=f"アクシオン{number}", body="アクシオン" * 3, authors=(speaker,), tags=("アクシオン",), live=True
        )

    with CaptureQueriesContext(connection) as queries:
        found = found_by("アクシオン")
        assert all(each.hits or each.title for each in found)

    assert len(found) == count + 2
    assert len(queries) == 5  # the index, the rows, speakers, tags, the texts


def test_rebuilding_the_outdated_mends_what_an_older_tokenizer_wrote():
    post, speaker = make_post(title="アクシオン", live=True), make_speaker(name="南")
    make_post(authors=(speaker,), live=True)
    SearchRow.objects.update(folded="", grams={1}, tokenizer_version=0)

    call_command("rebuild", outdated=True, stdout=StringIO())

    assert first_place("アクシオン") == unquote(post.get_absolute_url())
    assert first_place("南") == unquote(speaker.get_absolute_url())


def test_words_of_a_filtered_search_are_looked_for_once():
    """SQLite spells in its plan what it hands to the index of words: a `=` would be a row, each by itself."""
    make_episode(number="1", title="熱雑音の回", notes="熱雑音の話。", live=True)
    rows = SearchRow.objects.filter(path="/1")
    grams = parse_query("熱雑音").terms[0].grams()
    with CaptureQueriesContext(connection) as asked:
        assert find_candidates([{1}, grams], most=5, among=rows, are_few=True)[1] == [row.pk for row in rows]

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + asked[0]["sql"])
            plan = [row[3] for row in cursor.fetchall()]
        assert [step for step in plan if "VIRTUAL TABLE INDEX" in step]
        assert not [step for step in plan if re.search("VIRTUAL TABLE INDEX .*=", step)]


def test_new_name_of_a_speaker_in_many_texts_is_written_by_the_worker(monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(rows, "AT_ONCE", 1)
    speaker = make_speaker(name="岡")
    older, newer = (make_post(path=f"/blog/{n}", body="光の話。", authors=(speaker,), live=True) for n in range(2))
    speaker.name = "みなみ"

    with django_capture_on_commit_callbacks(execute=True):
        speaker.save()
    assert {found.address for found in found_by("みなみ 光")} == {newer.path}

    (waiting,) = DBTaskResult.objects.filter(task_path__endswith="write_names")
    rows.write_names.call(*waiting.args_kwargs["args"])
    assert {found.address for found in found_by("みなみ 光")} == {older.path, newer.path}
    assert found_by("岡 光") == []

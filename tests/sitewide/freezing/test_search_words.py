"""Search in the browser: it folds as the server does, and finds what the server finds by titles and headings."""

import json
import shutil
import subprocess

import pytest
from django.conf import settings

from interaxion.content.search.finding import answer
from interaxion.content.search.results import read
from interaxion.sitewide.freezing.search_words import write_search_words
from interaxion.text.search.folding import fold
from interaxion.text.search.query import parse_query
from tests.factories import make_episode, make_post, make_speaker

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.node,
    pytest.mark.skipif(not shutil.which("node"), reason="node is not on PATH"),
]

SCRIPT = """
import { readFileSync } from "node:fs";
const { folding } = await import(process.argv[1] + "/folding.js");
const { rank, readTerms } = await import(process.argv[1] + "/ranking.js");
const { words, queries } = JSON.parse(readFileSync(0, "utf8"));
const fold = folding(words.folding, words.dropped);
const pages = words.pages.map(([address, title, , date, headings, names, links, leadsOn]) => ({
  address, date, leadsOn,
  folded: [[title], headings.map(([, heading]) => heading), names, links].map((line) => line.map(fold).join("\\t")),
}));
const same = words.same.map((group) => group.map(fold));
const found = queries.map((query) => {
  const terms = readTerms(query, fold, same);
  return terms.length ? rank(pages, terms, fold(query)).map(({ address }) => address) : [];
});
process.stdout.write(JSON.stringify({ folded: queries.map(fold), found }));
"""


def ask_browser(queries):
    """Return each query as the browser folds it, and the addresses that it finds."""
    modules = settings.BASE_DIR / "static" / "js" / "search_files"
    given = json.dumps({"words": json.loads(write_search_words()), "queries": queries})
    command = ["node", "--input-type=module", "--eval", SCRIPT, str(modules)]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_browser_folds_as_the_server_does():
    texts = [
        "ヴァイオリン ヴ ゔぁ ウ゛", "髙橋 渡邉 渡邊", "Café Ströme e\u0301", "ﾊﾟｰﾃｨｰ コーヒー らーめん", "〜 ～ ― − –",  # noqa: RUF001
        "Ⅷ ㍿ ½ ﬁ", "Straße ΣΑΣ", "葛\U000e0100城 ❤️", "カタカナ ヶ ヷ", "𝒳₂³", "g−2",  # noqa: RUF001
    ]  # fmt: skip
    assert ask_browser(texts)["folded"] == [fold(text) for text in texts]


def test_browser_finds_first_what_the_server_finds_first():
    aoi = make_speaker(name="あおい", aliases=["碧"])
    notes = "### 0:00 量子コンピュータの話\n\n[Room-temperature superconductor](https://doi.org/10.1234/room)\n"
    make_episode(number="1", title="1: 超伝導の夜", notes=notes, speakers=(aoi,), tags=("物理",), live=True)
    make_episode(number="2", title="2: コントラバスと音", notes="### 0:00 音の波\n\n本文\n", live=True)
    make_episode(number="19.5", title="19.5: おまけ", live=True)
    make_post(title="g-2 の実験", body="## 測定\n\n本文\n", live=True)
    make_post(title="ひみつ", body="## コントラバス\n", live=False)
    queries = [
        "超伝導の夜", "超電導", "量子コンピューター", "量子コンピュータとは", "コントラバス", "こんとらばす", "音の波",
        "room temperature", "superconductor 量子", "19.5", "第2回", "g−2", "碧", "測定 -夜", "「音の波」",  # noqa: RUF001
        "物理",
    ]  # fmt: skip
    found = ask_browser(queries)["found"]
    for query, addresses in zip(queries, found, strict=True):
        read_as, findings = answer(parse_query(query))
        first = read(findings.matches[:1], read_as)[0].address
        assert first in addresses[:2], f"{query}: {first} is not among {addresses[:3]}"
    assert ask_browser(["ひみつ", "10.1234/room", "doi: 10.1234/room"])["found"] == [[], ["/1"], ["/1"]]


def test_browser_finds_nothing_for_words_that_stand_nowhere():
    make_episode(number="1", title="1: 超伝導の夜", live=True)
    assert ask_browser(["qqqq", "超伝導 qqqq", "夜 -超伝導", "  ", "「」"])["found"] == [[], [], [], [], []]

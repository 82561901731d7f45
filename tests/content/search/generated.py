"""Rows of generated text for tests and benchmarks: the same for the same seed."""

import random
from collections.abc import Iterator
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from interaxion.content.search.contents import row_contents
from interaxion.content.search.rows import SearchRow
from posts.models import Post

WORDS = [
    "物性", "超伝導", "論文", "機械学習", "量子", "光", "核融合", "計算", "マルテンサイト", "コンピューター", "スピン",
    "ﾌｫﾉﾝ", "回折", "X線", "結晶", "模型", "誤差", "測定", "実験", "理論", "温度", "磁場", "電子", "格子", "粒子",
    "宇宙", "銀河", "観測", "LK-99", "MgB2", "Schrödinger", "axion", "axions", "19.5", "3.14", "ＬＫ－９９", "MgB₂",
    "コーヒー", "カード", "ゲーム", "テッド・チャン", "かーど", "デコヒーレンス", "LK99",
    "の", "は", "が", "を", "に", "と", "で", "も", "から", "まで", "である", "した", "する", "ない", "、", "。", "「",
    "」",
]  # fmt: skip
QUERIES = [
    "物性", "超伝導", "論文", "機械学習", "マルテンサイト", "コンピュータ", "すぴん", "フォノン", "光", "性", "X線回折",
    "X線", "lk-99", "LK-99 超伝導", "mgb2", "schrodinger", "Schröd", "axi", "axion 光", "19.5", "19", "3.1", "光の量子",
    "伝導の", '"超伝導の"', '"コンピューター"', "超伝導 光 電子 宇宙", "ありえない語", "zzzz",
    "lk99", "コーヒー", "カード", "げーむ", "スピン流", "テッドチャン", "axion schr", "超伝導 -光", "光、宇宙",
]  # fmt: skip


def make_rows(count: int, *, words: int = 80, seed: int = 20240623) -> Iterator[SearchRow]:
    """Live rows of posts that do not exist, each of about `words` words in sections."""
    dice = random.Random(seed)  # noqa: S311 (no secret)
    posts = ContentType.objects.get_for_model(Post)
    now = timezone.now()
    for number in range(1, count + 1):
        lines = ["".join(dice.choices(WORDS, k=words // 8)) for _ in range(8)]
        lines[4] = "見出し" + dice.choice(WORDS)
        facts = {
            "content_type": posts,
            "object_id": number,
            "title": "".join(dice.choices(WORDS[:44], k=3)),
            "path": f"/blog/{number}",
            "language": "ja",
            "status": "published",
            "publish_at": now - timedelta(hours=dice.randrange(1, 90_000)),
        }
        places = [["a", lines[4], 90, 4]]
        yield SearchRow(**row_contents(facts, text="\n".join(lines), places=places, shelf="content"))


def store_rows(count: int, **kwargs: int) -> None:
    batch = []
    for row in make_rows(count, **kwargs):
        batch.append(row)
        if len(batch) == 500:
            SearchRow.objects.bulk_create(batch)
            batch = []
    SearchRow.objects.bulk_create(batch)

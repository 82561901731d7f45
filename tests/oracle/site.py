"""A site with a few things of every kind, which share people, tags, works and links, and texts by dice for them."""

from datetime import timedelta
from random import Random
from typing import Any

from django.utils import timezone

from episodes.models import Podcast, Speaker
from interaxion.text.times import spell_time
from tests.factories import make_category, make_chapter, make_course, make_episode, make_page, make_post, make_speaker

NAMES = ("岡ゆら", "水面なお", "森はる", "Ada", "林みち", "谷そら")
TAGS = ("物性", "超伝導", "波", "SF", "生物", "星")
WORDS = (
    "遅い波", "電子の話", "海と星", "格子", "ゆらぎ", "ＳＦの本", "Coffee", "きのう読んだ論文", "お知らせ", "おたより",
)  # fmt: skip
#: Papers, books, pages of the web that several things link, pages of the site, a player.
LINKS = (
    "https://doi.org/10.1000/182", "https://doi.org/10.1000/777", "https://arxiv.org/abs/2301.00001",
    "https://example.org/slow-waves", "https://example.org/coffee?x=1", "https://example.net/form",
    "https://www.youtube.com/watch?v=aaaaaaaaaaa", "/1", "/2", "/blog/tides", "/courses/waves/one/", "/about/",
)  # fmt: skip


def make_site(dice: Random) -> None:
    now = timezone.now()
    people = [make_speaker(name=name) for name in NAMES[:4]]
    Podcast(title="ゆらぎの時間", description="科学の話。", author="岡ゆら").save()
    for slug, name in (("blog", "ブログ"), ("courrier", "便り"), ("keywords", "用語")):
        make_category(slug=slug, name=name)
    for number in range(1, 5):
        make_episode(
            number=str(number),
            title=dice.choice(WORDS),
            notes=notes_by(dice),
            speakers=tuple(dice.sample(people, 2)),
            tags=tuple(dice.sample(TAGS, 2)),
            publish_at=now - timedelta(days=7 * (5 - number)),
            **audio(number),
        )
    make_episode(number="5", notes=notes_by(dice), speakers=(people[0],), publish_at=now + timedelta(hours=5))
    paths = ("/blog/tides", "/blog/tides-en", "/blog/coffee", "/keywords/wave", "/courrier/one")
    for path, language in zip(paths, ("ja", "en", "ja", "ja", "ja"), strict=True):
        make_post(
            title=dice.choice(WORDS),
            path=path,
            category=path.split("/")[1],
            language=language,
            body=text_by(dice),
            authors=(dice.choice(people),),
            tags=tuple(dice.sample(TAGS, 2)),
            publish_at=now - timedelta(days=dice.randrange(1, 40)),
        )
    make_page(title="この番組について", path="/about/", body=text_by(dice), in_navigation=True, live=True)
    make_page(title="下書きの案内", path="/plan/", body=text_by(dice))
    course = make_course(slug="waves", title="波の講義", source=text_by(dice), live=True)
    for position, slug in enumerate(("one", "two"), 1):
        source = f"# 章{position}\n\n{text_by(dice)}"
        make_chapter(course=course, slug=slug, position=position, source=source, tags=("波",), live=True)


def audio(number: int) -> dict[str, Any]:
    return {"audio_url": f"https://example.org/{number}.mp3", "audio_bytes": 1000 + number, "audio_seconds": 900}


def text_by(dice: Random) -> str:
    """Return a few paragraphs with links, some with a heading, a footnote or a list of references."""
    parts = []
    for number in range(dice.randrange(1, 4)):
        if dice.random() < 0.5:
            parts.append(f"## {dice.choice(WORDS)}")
        parts.append(f"{dice.choice(WORDS)}と[{dice.choice(WORDS)}]({dice.choice(LINKS)})。[^{number}]")
        parts.append(f"[^{number}]: [{dice.choice(WORDS)}]({dice.choice(LINKS)})")
    if dice.random() < 0.3:
        parts.append(f"## 参考文献\n\n1. Oka (2020). {dice.choice(WORDS)}. DOI: <{dice.choice(LINKS[:2])}>")
    return "\n\n".join(parts) + "\n"


def notes_by(dice: Random) -> str:
    """Return show notes of some sections; most have a time."""
    times = sorted(dice.sample(range(0, 900, 30), dice.randrange(1, 5)))
    sections = []
    for time in times:
        heading = dice.choice(WORDS)
        spelled = f"{spell_time(time)} {heading}" if dice.random() < 0.8 else heading
        links = [f"- [{dice.choice(WORDS)}]({dice.choice(LINKS)})" for _each in range(dice.randrange(3))]
        sections.append("\n".join([f"### {spelled}", "", *links, "", f"{dice.choice(WORDS)}です。"]))
    return "\n\n".join(sections) + "\n"


def unused_name(dice: Random) -> str:
    taken = set(Speaker.objects.values_list("name", flat=True))
    return next((name for name in NAMES if name not in taken), f"{dice.choice(NAMES)}{dice.randrange(10**6)}")

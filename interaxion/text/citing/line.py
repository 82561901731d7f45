"""A citation as one line of text: like APA for Western works, as Japanese journals do for Japanese ones."""

from interaxion.text.citing.facts import WorkFacts
from interaxion.text.citing.names import OTHERS, join_japanese, join_western

#: As many authors are named.
MOST_WESTERN, MOST_JAPANESE, MOST_BELOW_TITLE = 20, 3, 3


def cite_in_text(facts: WorkFacts, *, number: str, url: str) -> str:
    """Return the line. `number` is how people write the number of a work whose address does not hold it, or ""."""
    return (_japanese if facts.is_japanese else _western)(facts, number, url)


def cite_source(facts: WorkFacts) -> str:
    """Return who made it, what it is in and when, for a line below its title; "" if nobody says."""
    authors = list(facts.authors)
    if facts.is_japanese:
        who = join_japanese(authors, MOST_JAPANESE)
    else:
        who = join_western(authors if len(authors) <= MOST_BELOW_TITLE else [authors[0], OTHERS], MOST_WESTERN)
    where = facts.container or facts.publisher
    return "\u00a0· ".join(filter(None, (who, where, facts.year)))


def _western(facts: WorkFacts, number: str, url: str) -> str:
    """`Behler, J., & Parrinello, M. (2007). Title. Physical Review Letters, 98(14), 146401. https://…`"""
    authors = join_western(list(facts.authors), MOST_WESTERN)
    year = f"({facts.year})" if facts.year else ""
    who = " ".join(filter(None, (authors, year)))
    where = ", ".join(filter(None, (facts.container, _volume(facts), facts.pages.replace("-", "–"))))
    parts = [who, facts.title, where, "" if facts.container else facts.publisher, number]
    return " ".join([*(_ended(part) for part in parts if part), url])


def _japanese(facts: WorkFacts, number: str, url: str) -> str:
    """`甲野太郎・乙山花子（2021）「題」『雑誌』9(8), 7–9. https://…`; the title of a book stands in 『』."""
    who = join_japanese(list(facts.authors), MOST_JAPANESE) + (f"（{facts.year}）" if facts.year else "")
    is_part = facts.container or facts.form in {"article", "chapter", "proceedings", "preprint"}
    title = (f"「{facts.title}」" if is_part else f"『{facts.title}』") if who else facts.title
    where = f"『{facts.container}』" if facts.container else facts.publisher
    what = ", ".join(filter(None, (who + title + where + _volume(facts), facts.pages.replace("-", "–"))))
    return " ".join([*(_ended(part) for part in (what, number) if part), url])


def _volume(facts: WorkFacts) -> str:
    return facts.volume + (f"({facts.issue})" if facts.issue else "")


def _ended(part: str) -> str:
    """Return the part with a full stop, unless it ends with a mark already."""
    return part if part.endswith((".", "?", "!", "？", "！", "。")) else f"{part}."

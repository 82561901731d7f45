"""A transcript as HTML: paragraphs by speaker, each with its time. It holds no word of the interface."""

from collections.abc import Iterable, Mapping
from html import escape

from interaxion.text.times import spell_time
from interaxion.text.transcripts.sentences import Paragraph, space_between

#: Before the second at which a sentence begins, in its id.
ANCHOR = "said-"


def write_html(paragraphs: Iterable[Paragraph], names: Mapping[str, str], known: set[int]) -> str:
    """Return the paragraphs. `names` are what labels of speakers are shown as, "" to show nothing.

    `known` are the seconds that have an id on the page already; they are added to it.
    """
    html, before = [], None
    for paragraph in paragraphs:
        name = names.get(paragraph.speaker, paragraph.speaker)
        second = int(paragraph.sentences[0].start)
        time = f'<a class="time" href="#{ANCHOR}{second}">{spell_time(second)}</a>'
        who = f" <b>{escape(name)}</b>" if name and name != before else ""
        words, last = "", ""
        for each in paragraph.sentences:
            words += f"{space_between(last, each.text)}<span{_id(int(each.start), known)}>{escape(each.text)}</span>"
            last = each.text
        html.append(f"<p>{time}{who} {words}</p>")
        before = name
    return "\n".join(html)


def _id(second: int, known: set[int]) -> str:
    if second in known:
        return ""
    known.add(second)
    return f' id="{ANCHOR}{second}"'

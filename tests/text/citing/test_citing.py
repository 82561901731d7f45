"""A work as a line of text, for BibTeX and for RIS."""

import pytest

from interaxion.text.citing.bibtex import cite_in_bibtex
from interaxion.text.citing.facts import WorkFacts
from interaxion.text.citing.line import cite_in_text
from interaxion.text.citing.ris import cite_in_ris

PAPER = WorkFacts(
    title="Waves that do not break",
    authors=("Minami, Jörg-Otto", "Noda, Kita", "The Wave Collaboration"),
    year="2021",
    container="Letters & Waves",
    volume="98",
    issue="14",
    pages="7-19",
    publisher="Society of Waves",
    form="article",
)
URL = "https://doi.org/10.1000/waves"


@pytest.mark.parametrize(
    ("facts", "number", "line"),
    [
        (
            PAPER,
            "",
            "Minami, J.-O., Noda, K., & The Wave Collaboration (2021). Waves that do not break. "
            f"Letters & Waves, 98(14), 7–19. {URL}",
        ),
        (
            WorkFacts("Do waves break?", ("Minami, J.", "others"), "2021"),
            "",
            f"Minami, J., et al. (2021). Do waves break? {URL}",
        ),
        (
            WorkFacts("Waves", tuple(f"A{number}, B" for number in range(25)), form="preprint", publisher="arXiv"),
            "arXiv:2301.00001",
            ", ".join(f"A{number}, B." for number in range(19)) + f", … A24, B. Waves. arXiv. arXiv:2301.00001. {URL}",
        ),
        (
            WorkFacts("波の題", ("甲野, 太郎", "乙山, 花子"), "2021", "波の雑誌", "9", "8", "7-9", form="article"),
            "",
            f"甲野太郎・乙山花子（2021）「波の題」『波の雑誌』9(8), 7–9. {URL}",
        ),
        (
            WorkFacts("波の本", ("甲野, 太郎",) * 4, "2021", publisher="波書房", form="book"),
            "ISBN 9784873119199",
            f"甲野太郎ほか（2021）『波の本』波書房. ISBN 9784873119199. {URL}",
        ),
        (WorkFacts("Waves"), "", f"Waves. {URL}"),
        (WorkFacts("波"), "", f"波. {URL}"),
        (WorkFacts(), "", URL),
    ],
)
def test_line_is_spelled_as_the_language_of_the_work_does(facts, number, line):
    assert cite_in_text(facts, number=number, url=URL) == line


def test_bibtex_has_the_journal_and_the_pages():
    assert cite_in_bibtex(PAPER, label="waves", numbers={"url": URL, "doi": "10.1000/w_1"}).splitlines() == [
        "@article{waves,",
        "  author = {Minami, Jörg-Otto and Noda, Kita and {The Wave Collaboration}},",
        "  title = {Waves that do not break},",
        r"  journal = {Letters \& Waves},",
        "  volume = {98},",
        "  number = {14},",
        "  pages = {7--19},",
        "  year = {2021},",
        f"  url = {{{URL}}},",
        "  doi = {10.1000/w_1}",
        "}",
    ]


def test_chapter_is_in_a_book_and_what_is_unknown_is_left_out():
    chapter = WorkFacts("Waves", container="Waters", publisher="Press", form="chapter")

    assert cite_in_bibtex(chapter, label="x", numbers={}) == (
        "@incollection{x,\n  title = {Waves},\n  booktitle = {Waters},\n  publisher = {Press}\n}"
    )
    assert cite_in_bibtex(WorkFacts("Waves"), label="x", numbers={}) == "@misc{x,\n  title = {Waves}\n}"


def test_ris_has_first_and_last_page():
    assert cite_in_ris(PAPER, other_type="ELEC", numbers={"DO": "10.1000/waves"}).splitlines() == [
        "TY  - JOUR",
        "AU  - Minami, Jörg-Otto",
        "AU  - Noda, Kita",
        "AU  - The Wave Collaboration",
        "TI  - Waves that do not break",
        "PY  - 2021",
        "T2  - Letters & Waves",
        "VL  - 98",
        "IS  - 14",
        "SP  - 7",
        "EP  - 19",
        "PB  - Society of Waves",
        "DO  - 10.1000/waves",
        "ER  - ",
    ]

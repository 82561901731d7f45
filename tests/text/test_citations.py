import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.text.citations import authors_in, cited_as, title_in, title_in_words, year_in

MINAMI = 'Minami, A., & Kita, B.-C. (2021). "Waves that do not break." Journal of Waves, 9(8), 7-6.'
HIGASHI = "Higashi, D. E. et al. (1999). Why do lines bend? A survey. Lines, 1, 2."


@pytest.mark.parametrize(
    ("lead", "name"),
    [
        (f"{MINAMI} DOI: ", MINAMI),
        (f"{MINAMI} ", MINAMI),
        (f"{HIGASHI} arXiv:", HIGASHI),
        ("Waves on paper - Journal (", "Waves on paper - Journal"),
        ("Waves on paper [", "Waves on paper"),
        ("紙の波の論文（arXiv: ", "紙の波の論文"),
        ('Nishi et al. (2017) "Lines and vertices" ', 'Nishi et al. (2017) "Lines and vertices"'),
        ("きょうも話した。ほかには (Lines of AI, ", "Lines of AI"),
        # In the middle of a sentence, a whole sentence, only a label, nothing.
        ("疑いの始まりは、前の人への", ""),
        ("波は曲がる。だから論文: ", ""),
        ("論文: ", ""),
        ("", ""),
    ],
)
def test_words_before_a_link_name_what_it_leads_to(lead, name):
    assert cited_as(lead) == name


@pytest.mark.parametrize(
    ("citation", "title"),
    [
        (MINAMI, "Waves that do not break"),
        (HIGASHI, "Why do lines bend?"),
        ("Kita, B. (2007). Waves: A line. Springer.", "Waves: A line"),
        ("南（2020）「紙の波を数える」、線の学会誌", "紙の波を数える"),
        ("南『線と波と頂点』波の会", "線と波と頂点"),
        ("Minami and Kita, Phys. B 75 (2007) - Lines of paper", "Lines of paper"),
        ("Waves on paper - Journal", "Waves on paper - Journal"),
    ],
)
def test_title_is_found_in_a_citation(citation, title):
    assert title_in(citation) == title


@pytest.mark.parametrize(
    ("citation", "authors", "year"),
    [
        (MINAMI, ["Minami, A.", "Kita, B.-C."], "2021"),
        (HIGASHI, ["Higashi, D. E.", "others"], "1999"),
        ("de la Nishi, F. and Kita, B. (2018). X", ["de la Nishi, F.", "Kita, B."], "2018"),
        ("Nishi, F., and Kita, B. (1933). X", ["Nishi, F.", "Kita, B."], "1933"),
        ("Nishi et al. (2017) “Lines and vertices”", [], "2017"),
        ("Waves on paper - Journal", [], ""),
    ],
)
def test_authors_and_year_are_read_only_from_a_known_format(citation, authors, year):
    assert (authors_in(citation), year_in(citation)) == (authors, year)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("arXiv:2301.00001 Waves on paper", "Waves on paper"),
        ("arXiv 2301.00001v2: Waves on paper", "Waves on paper"),
        ("[2301.00001] Waves on paper", "Waves on paper"),
        ("arXiv: cond-mat/0607314 - Waves", "Waves"),
        ("[12] Waves on paper", "Waves on paper"),
        ("Phys. Lett. 93, 17 (2004) - Waves on paper", "Waves on paper"),
        ('Minami, Anna. "Waves that do not break." Waves 24.1 (2012): 1.', "Waves that do not break"),
        # No such entry: unchanged.
        ("arXiv:2301.00001", "arXiv:2301.00001"),
        ("arXiv の使いかた", "arXiv の使いかた"),
        ("Comment on Waves 5, 3 (2020) by E. Kita", "Comment on Waves 5, 3 (2020) by E. Kita"),
        ('What is "a wave of paper"?', 'What is "a wave of paper"?'),
        ("波の話 - 紙の学会", "波の話 - 紙の学会"),
    ],
)
def test_title_is_found_in_the_words_of_a_link(words, title):
    assert title_in_words(words) == title


@given(st.text(alphabet="Aa., &()[]「」0 19et:。", max_size=500))
def test_any_words_are_read(text):
    citation = cited_as(text)

    assert citation in text
    assert title_in(citation) in citation
    assert title_in_words(text) in text
    assert authors_in(text) is not None
    assert year_in(text) in text

import pytest

from interaxion.text.markdown import render_inline


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("これは**「強調」**です", "これは<strong>「強調」</strong>です"),
        ("これは**強調（補足）**を含む", "これは<strong>強調（補足）</strong>を含む"),
        ("**氷が沈む。**だから驚いた", "<strong>氷が沈む。</strong>だから驚いた"),
        ("温度は**-40℃**になる", "温度は<strong>-40℃</strong>になる"),
        ("実験**「A」**と**「B」**", "実験<strong>「A」</strong>と<strong>「B」</strong>"),
        ("名前は*『氷の本』*です", "名前は<em>『氷の本』</em>です"),
        ("これは***「両方」***です", "これは<em><strong>「両方」</strong></em>です"),
        ("「**強調**」", "「<strong>強調</strong>」"),
        ("**[氷](/ice)**の話", '<strong><a href="/ice" rel="noopener">氷</a></strong>の話'),
        ("**`code`**の話", "<strong><code>code</code></strong>の話"),
        ("한국어**(강조)**입니다", "한국어<strong>(강조)</strong>입니다"),
        ("中文**“强调”**文字", "中文<strong>“强调”</strong>文字"),
        ("plain **bold** text", "plain <strong>bold</strong> text"),
        # As in CommonMark: no wide character on either side.
        ('a**"b"**c', 'a**"b"**c'),
        ("a_「b」_c", "a_「b」_c"),
        # Emphasis neither opens before the end of a clause nor closes after an opening bracket.
        ("氷*。水（*終わり", "氷*。水（*終わり"),
        ("** 氷**", "** 氷**"),
        ("**氷", "**氷"),
    ],
)
def test_emphasis_beside_wide_characters(source, html):
    assert render_inline(source) == html


@pytest.mark.parametrize(
    "source",
    [
        "表面の*COが二つ？それとも*CO+*CHOか？",
        "*CO2 から *COOH、*COへ",
        "基底関数 6-31G* を使う",
    ],
)
def test_star_of_an_adsorbed_species_stays_text(source):
    assert render_inline(source) == source


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("雑誌*PRL*の論文", "雑誌<em>PRL</em>の論文"),
        ("雑誌は *Nature* です", "雑誌は <em>Nature</em> です"),
        ("*重要*CO2は", "<em>重要</em>CO2は"),
        ("分子*CO*と*CHO*", "分子<em>CO</em>と<em>CHO</em>"),
    ],
)
def test_emphasis_around_a_formula_is_emphasis(source, html):
    assert render_inline(source) == html


@pytest.mark.parametrize(
    ("source", "html"),
    [("10~20 と 30~40", "10~20 と 30~40"), ("~~消す~~と残す", "<s>消す</s>と残す")],
)
def test_strikethrough_needs_two_tildes(source, html):
    assert render_inline(source) == html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("値は~~（古い）~~今の値", "値は<s>（古い）</s>今の値"),
        ("~~三百円。~~四百円。", "<s>三百円。</s>四百円。"),
        ("本~~「題」~~です", "本<s>「題」</s>です"),
        ("a ~~~b~~~ c", "a ~<s>b</s>~ c"),
        ("~~ 空白 ~~", "~~ 空白 ~~"),
    ],
)
def test_strikethrough_opens_and_closes_beside_japanese_brackets(source, html):
    assert render_inline(source) == html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("**Hint:**look at *this:*one", "<strong>Hint:</strong>look at <em>this:</em>one"),
        ('**"X"**y and **(Z)**w', '<strong>"X"</strong>y and <strong>(Z)</strong>w'),
        ("**N<sub>k</sub>**x", "<strong>N<sub>k</sub></strong>x"),
        ("**A:**b **c** d **E:**f", "<strong>A:</strong>b <strong>c</strong> d <strong>E:</strong>f"),
        ("~~(old)~~new", "<s>(old)</s>new"),
        ("~~**(old)**~~new", "<s><strong>(old)</strong></s>new"),
        ("[**A:**b](/x)", '<a href="/x" rel="noopener"><strong>A:</strong>b</a>'),
        # What CommonMark pairs stays as it is, and nothing is paired across it.
        ("*a (*b*)*", "<em>a (<em>b</em>)</em>"),
        ("_a **b:_ c:**d", "<em>a **b:</em> c:**d"),
        ("__A:__b", "__A:__b"),
        # No mark closes after an opening bracket or before the digits of a product.
        ("2 *(3+4)*5", "2 *(3+4)*5"),
        ("**a (**b", "**a (**b"),
    ],
)
def test_mark_between_punctuation_and_a_letter_closes_what_stays_open(source, html):
    assert render_inline(source) == html

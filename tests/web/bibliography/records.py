"""Answers of registries in their own forms, about works that do not exist."""

import json

CROSSREF = json.dumps(
    {
        "indexed": {"date-parts": [[2024, 5, 1]], "date-time": "2024-05-01T00:00:00Z", "timestamp": 1714521600000},
        "reference-count": 31,
        "publisher": "Society of Waves",
        "issue": "14",
        "content-domain": {"domain": [], "crossmark-restriction": False},
        "DOI": "10.1000/waves.98.146401",
        "type": "journal-article",
        "created": {"date-parts": [[2007, 4, 3]]},
        "page": "146401-146404",
        "source": "Crossref",
        "title": "Waves of <i>A</i>\n  &amp; <mml:math><mml:mi>B</mml:mi></mml:math>",
        "prefix": "10.1000",
        "volume": "98",
        "author": [
            {"given": "Jörg-Otto", "family": "Minami", "sequence": "first", "affiliation": []},
            {"given": "Kita", "family": "Noda", "sequence": "additional", "affiliation": []},
            {"name": "The Wave Collaboration", "sequence": "additional", "affiliation": []},
        ],
        "container-title": "Letters on Waves",
        "language": "en",
        "issued": {"date-parts": [[2007, 4, 2]]},
        "relation": {
            "has-preprint": [{"id-type": "doi", "id": "10.48550/arXiv.0701.00001", "asserted-by": "subject"}],
            "is-supplemented-by": [{"id-type": "doi", "id": "10.1000/data", "asserted-by": "subject"}],
        },
        "ISSN": ["0000-0000"],
    }
).encode()
DATACITE = json.dumps(
    {
        "type": "dataset",
        "id": "https://doi.org/10.1000/data",
        "categories": ["Waves"],
        "author": [{"family": "Minami", "given": "Jörg-Otto"}, {"literal": "Wave Centre"}],
        "issued": {"date-parts": [[2021]]},
        "DOI": "10.1000/DATA",
        "publisher": "Store of Data",
        "title": "Heights of waves",
        "copyright": "Creative Commons Attribution 4.0 International",
    }
).encode()
ARXIV = b"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title type="html">ArXiv Query: id_list=0701.00001</title>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">1</opensearch:totalResults>
  <entry>
    <id>http://arxiv.org/abs/0701.00001v2</id>
    <updated>2007-02-01T00:00:00Z</updated>
    <published>2006-12-31T18:00:00Z</published>
    <title>Waves of A
  and B</title>
    <summary>We look at waves.</summary>
    <author><name>J\xc3\xb6rg-Otto Minami</name></author>
    <author><name>Ko van der Noda</name></author>
    <author><name>The Wave Collaboration</name></author>
    <arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.1000/Waves.98.146401</arxiv:doi>
    <link title="doi" href="http://dx.doi.org/10.1000/Waves.98.146401" rel="related"/>
    <arxiv:journal_ref xmlns:arxiv="http://arxiv.org/schemas/atom">Lett. Waves 98, 146401 (2007)</arxiv:journal_ref>
  </entry>
</feed>"""
NDL = """<rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:openSearch="http://a9.com/-/spec/opensearchrss/1.0/"
 xmlns:dcndl="http://ndl.go.jp/dcndl/terms/" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="2.0">
  <channel>
    <title>9784873119199 - 国立国会図書館サーチ OpenSearch</title>
    <openSearch:totalResults>2</openSearch:totalResults>
    <item>
      <title>別の本</title>
      <dc:title>別の本</dc:title>
      <dc:identifier xsi:type="dcndl:ISBN">978-4-7853-2133-8</dc:identifier>
    </item>
    <item>
      <title>波の本 : 海から</title>
      <link>https://ndlsearch.ndl.go.jp/books/R100000002-I000000000</link>
      <author>みなみ, 太郎, 1950-,Noda, Kita,乙山, 花子,みなみ太郎, Kita Noda 著,乙山花子 訳</author>
      <category>図書</category>
      <dc:title>波の本 : 海から</dc:title>
      <dcndl:titleTranscription>ナミ ノ ホン : ウミ カラ</dcndl:titleTranscription>
      <dc:creator>みなみ, 太郎, 1950-</dc:creator>
      <dc:creator>Noda, Kita</dc:creator>
      <dc:creator>乙山, 花子</dc:creator>
      <dcndl:volume>上</dcndl:volume>
      <dc:publisher>波書房</dc:publisher>
      <dc:publisher>海堂 (発売)</dc:publisher>
      <dc:date xsi:type="dcterms:W3CDTF">2020</dc:date>
      <dcterms:issued>2020.7</dcterms:issued>
      <dc:extent>349p</dc:extent>
      <dc:identifier xsi:type="dcndl:ISBN">978-4-87311-919-9</dc:identifier>
      <dc:identifier xsi:type="dcndl:JPNO">00000000</dc:identifier>
    </item>
  </channel>
</rss>""".encode()

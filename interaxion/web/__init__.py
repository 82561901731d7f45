"""The web without Django: the SSRF guard and all that is fetched through it, and what we write for feeds and search.

`ssrf_guard` (with `fetch_target`) sends every outgoing request; `probing`, `answers`, `link_titles` and `page_titles`
ask through it. `feed_xml`, `feed_html`, `feed_pages` and `json_ld` write; `xml_reading` parses foreign XML.
"""

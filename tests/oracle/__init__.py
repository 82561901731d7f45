"""The oracle: after any edit, each page that visitors get is the page that would be made from the sources now.

`site` makes a small site, `edits` changes it by dice, `pages` compares. The test and the drill run the same steps.
"""

"""Molecules in SMILES notation look like links: `C[C@H](O)N` is not a link named `C@H` to `O`."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

# A bracket atom (with chirality, hydrogens or charge), or a symbol directly after another atom, and a branch
# of atoms and bonds. https://www.daylight.com/dayhtml/doc/theory/theory.smiles.html
# No part can match in two ways, and a branch ends at its first ")": else the time would rise faster than the text.
_BRACKET_ATOM = re.compile(r"\[\d{0,9}[A-Z]?[a-z]?(?:[@H+-]\d?)+\](?=\()")
_SYMBOL = re.compile(r"(?<=[A-Za-z0-9)\]=#])\[[A-Z][a-z]?\](?=\()")
_BRANCH = re.compile(r"\([=#]?(?:[BCNOPSFIbcnops]|Br|Cl|\[[^\]\s]{0,20}\]|[0-9=#+\-@()]){1,80}?\)")


def smiles(md: MarkdownIt) -> None:
    md.inline.ruler.before("link", "smiles", _smiles)


def _smiles(state: StateInline, silent: bool) -> bool:
    """Consume an atom in brackets as text, so that the rule for links never sees it."""
    if state.src[state.pos] != "[":
        return False
    atom = _BRACKET_ATOM.match(state.src, state.pos) or _SYMBOL.match(state.src, state.pos)
    if not atom or not _BRANCH.match(state.src, atom.end()):
        return False
    if not silent:
        state.pending += atom[0]
    state.pos = atom.end()
    return True

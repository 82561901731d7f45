// Links: the shortcut, an address pasted over words, and many addresses pasted at once.

import { offerOwnThings } from "./choosing/own_links.js";
import { typeItems } from "./lines.js";
import { ask } from "./panel.js";
import { fillTitles, spellLink } from "./titles.js";
import { type } from "./typing.js";

const ADDRESS = /^https?:\/\/[^\s<>"]+$/i;
const NUMBER = /^\d+([.-]\d+)?$/; // of an episode
const EMPTY_LINE = /^\s*([-*+]\s+|\d+[.)]\s+)?$/;
const BLOCK = /^\s*(#{1,6}\s|[-*+]\s|\d+[.)]\s|[>|]|```|~~~)/;
const GOES_ON = /^[^\s).,;:!?\]}>"'\x80-\uffff]/; // a character that would become part of the address before it

export async function addLink(editor) {
  const chosen = editor.value.slice(editor.selectionStart, editor.selectionEnd).trim();
  const isAddress = ADDRESS.test(chosen);
  const answer = await ask(editor, "editing-link", { words: isAddress ? "" : chosen, url: isAddress ? chosen : "" }, offerOwnThings);
  if (!answer?.url) return;
  const url = NUMBER.test(answer.url) ? `/${answer.url.replace(".", "-")}` : answer.url;
  if (answer.words) type(spellLink(answer.words, url));
  else typeAddresses(editor, [url]);
}

// Insert the pasted text if it is addresses and nothing else; return whether it was.
export function pasteAddresses(editor, text) {
  const lines = text.trim().split(/\s*\n\s*/).map((line) => line.replace(/^[-*+]\s+/, ""));
  const urls = lines.flatMap((line) => line.split(/\s+/)).filter(Boolean);
  if (!urls.length || !urls.every((url) => ADDRESS.test(url))) return false;
  const { selectionStart, selectionEnd, value } = editor;
  const chosen = value.slice(selectionStart, selectionEnd);
  if (urls.length === 1 && chosen.trim() && !chosen.includes("\n") && !ADDRESS.test(chosen.trim())) {
    type(spellLink(chosen, urls[0]));
    return true;
  }
  // An address that replaces another, or the second half of a link or of a tag, is pasted unchanged.
  if (chosen.trim() || /[(<"'=[]$/.test(value.slice(0, selectionStart))) return false;
  typeAddresses(editor, [...new Set(urls)]);
  return true;
}

// Several become a list, and so does one that stands alone or before another block; one among words stays inline.
function typeAddresses(editor, urls) {
  const { selectionStart, selectionEnd, value } = editor;
  const before = /[^\n]*$/.exec(value.slice(0, selectionStart))[0];
  const behind = /^[^\n]*/.exec(value.slice(selectionEnd))[0];
  const isAlone = EMPTY_LINE.test(before) && (!behind.trim() || (!before.trim() && BLOCK.test(behind)));
  if (urls.length > 1 || isAlone) typeItems(editor, urls);
  else type((/\w$/.test(before) ? " " : "") + urls[0] + (GOES_ON.test(behind) ? " " : ""));
  fillTitles(editor, urls, selectionStart);
}

// Links: the shortcut, an address pasted over words, many addresses pasted at once, and their titles a moment later.

import { typeItems } from "./lines.js";
import { fill, post, tell, words } from "./news.js";
import { ask } from "./panel.js";
import { replace, type, whenCalm } from "./typing.js";

const ADDRESS = /^https?:\/\/[^\s<>"]+$/i;
const NUMBER = /^\d+([.-]\d+)?$/; // of an episode
const EMPTY_LINE = /^\s*([-*+]\s+|\d+[.)]\s+)?$/;
const BLOCK = /^\s*(#{1,6}\s|[-*+]\s|\d+[.)]\s|[>|]|```|~~~)/;
const GOES_ON = /^[^\s).,;:!?\]}>"'\x80-\uffff]/; // a character that would become part of the address before it
const AT_ONCE = 20; // the most addresses that the server answers in one request

const isBalanced = (url) => [...url].reduce((open, sign) => (open < 0 ? open : open + (sign === "(") - (sign === ")")), 0) === 0;
export const spellLink = (text, url) => `[${text}](${isBalanced(url) ? url : `<${url}>`})`;

export async function addLink(editor) {
  const chosen = editor.value.slice(editor.selectionStart, editor.selectionEnd).trim();
  const isAddress = ADDRESS.test(chosen);
  const answer = await ask(editor, "editing-link", { words: isAddress ? "" : chosen, url: isAddress ? chosen : "" });
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
  for (let from = 0; from < urls.length; from += AT_ONCE) fillTitles(editor, urls.slice(from, from + AT_ONCE), selectionStart);
}

async function fillTitles(editor, urls, place) {
  tell(editor, fill(words.asking, { count: urls.length }));
  const answer = await post(words.titlesUrl, urls.map((url) => ["url", url]));
  if (answer.error) {
    tell(editor, answer.error);
    return;
  }
  whenCalm(() => {
    putTitles(editor, answer.titles, place);
    const places = Object.values(answer.before).flat();
    tell(editor, places.length ? words.discussed : "", places);
  });
}

// Insert all titles in one step, so that one undo restores all the addresses.
function putTitles(editor, titles, place) {
  const text = editor.value;
  const found = [];
  for (const [url, title] of Object.entries(titles)) {
    const start = nearest(text, url, place);
    if (start >= 0) found.push({ start, end: start + url.length, link: spellLink(title, url) });
  }
  if (!found.length) return;
  found.sort((one, other) => one.start - other.start);
  let filled = "";
  let done = found[0].start;
  for (const { start, end, link } of found) {
    filled += text.slice(done, start) + link;
    done = end;
  }
  replace(editor, found[0].start, done, filled);
}

// Return the index of the address, standing by itself, closest to where it was pasted; -1 if it is gone.
function nearest(text, url, place) {
  const isEdge = (sign) => !sign || /\s|[^\x00-\x7f]/.test(sign); // Japanese text continues without a space
  let best = -1;
  for (let at = text.indexOf(url); at >= 0; at = text.indexOf(url, at + 1)) {
    if (!isEdge(text[at - 1]) || !isEdge(text[at + url.length])) continue;
    if (best < 0 || Math.abs(at - place) < Math.abs(best - place)) best = at;
  }
  return best;
}

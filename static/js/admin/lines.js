// Inserts text at the caret on lines of its own: the text around it is split, never joined with it, and one undo
// takes all of it back.

import { type } from "./typing.js";

const LINE = /^(\s*)([-*+]\s+|\d{1,9}[.)]\s+)?(.*)$/s; // indent, list marker, words
const HEADING = /^ {0,3}#{1,6}(\s|$)/;
const isItem = (line) => LINE.exec(line)[2] !== undefined;
const isOrdered = (line) => /^\s*\d/.test(line);

function lookAround(editor) {
  const { selectionStart: start, selectionEnd: end, value } = editor;
  const above = value.slice(0, start).split("\n");
  const below = value.slice(end).split("\n");
  const place = { start, end, before: above.pop(), behind: below.shift(), above: above.pop() ?? "", below: below[0] ?? "" };
  if (!HEADING.test(place.before)) return place;
  // A heading is not split: the insertion follows it.
  const after = end + place.behind.length;
  return { ...place, start: after, end: after, before: place.before + value.slice(start, after), behind: "" };
}

// Leaves the caret behind `text`.
function put(editor, start, end, head, text, tail) {
  editor.focus();
  editor.setSelectionRange(start, end);
  type(head + text + tail);
  const caret = editor.selectionEnd - tail.length;
  editor.setSelectionRange(caret, caret);
}

// Insert each of `texts` as an item of the list that the caret is in, or of a new one.
export function typeItems(editor, texts) {
  const { start, end, before, behind, above, below } = lookAround(editor);
  const [, indent, own, words] = LINE.exec(before);
  const marker = own ?? "- ";
  const item = `\n${own || !words.trim() ? indent : ""}${marker}`;
  const goesOn = (line) => isItem(line) && isOrdered(line) === isOrdered(marker);
  const isApart = (line) => !line.trim() || HEADING.test(line) || goesOn(line);
  let head = own ? "" : `${isApart(above) ? "" : "\n"}${marker}`;
  if (words.trim()) head = own ? item : `\n${item}`;
  let tail = isApart(below) ? "" : "\n";
  if (behind.trim()) tail = own ? item : goesOn(behind) ? "\n" : "\n\n";
  put(editor, start, end, head, texts.join(item), tail);
}

// Insert `text` as a block: with blank lines around it, or as the content of an empty item.
export function typeBlock(editor, text) {
  const { start, end, before, behind, above, below } = lookAround(editor);
  const isEmptyItem = isItem(before) && !LINE.exec(before)[3].trim();
  if (isEmptyItem && behind.trim()) {
    const from = start - before.length; // in front of the item
    put(editor, from, from, above.trim() ? "\n" : "", text, "\n\n");
    return;
  }
  if (isEmptyItem) {
    put(editor, start, end, "", text, below.trim() && !isItem(below) ? "\n" : "");
    return;
  }
  const head = before.trim() ? "\n\n" : above.trim() ? "\n" : "";
  put(editor, start, end, head, text, behind.trim() ? "\n\n" : below.trim() ? "\n" : "");
}

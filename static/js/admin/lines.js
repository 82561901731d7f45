// What is put in at the caret stands on lines of its own: the text around it is parted, never joined with it, and
// one undo takes all of it back.

import { type } from "./typing.js";

const LINE = /^(\s*)([-*+]\s+|\d{1,9}[.)]\s+)?(.*)$/s; // its indent, the mark of an item, the words
const HEADING = /^ {0,3}#{1,6}(\s|$)/;
const isItem = (line) => LINE.exec(line)[2] !== undefined;
const isOrdered = (line) => /^\s*\d/.test(line);

function lookAround(editor) {
  const { selectionStart: start, selectionEnd: end, value } = editor;
  const above = value.slice(0, start).split("\n");
  const below = value.slice(end).split("\n");
  const place = { start, end, before: above.pop(), behind: below.shift(), above: above.pop() ?? "", below: below[0] ?? "" };
  if (!HEADING.test(place.before)) return place;
  // A heading is not parted: what is put in follows it.
  const after = end + place.behind.length;
  return { ...place, start: after, end: after, before: place.before + value.slice(start, after), behind: "" };
}

// The caret is behind `text` afterwards, where one goes on writing.
function put(editor, start, end, head, text, tail) {
  editor.focus();
  editor.setSelectionRange(start, end);
  type(head + text + tail);
  const caret = editor.selectionEnd - tail.length;
  editor.setSelectionRange(caret, caret);
}

// Each of `texts` as an item: of the list that the caret is in, or of a new one.
export function typeItems(editor, texts) {
  const { start, end, before, behind, above, below } = lookAround(editor);
  const [, indent, own, said] = LINE.exec(before);
  const marker = own ?? "- ";
  const item = `\n${own || !said.trim() ? indent : ""}${marker}`;
  const goesOn = (line) => isItem(line) && isOrdered(line) === isOrdered(marker);
  const isApart = (line) => !line.trim() || HEADING.test(line) || goesOn(line);
  let head = own ? "" : `${isApart(above) ? "" : "\n"}${marker}`;
  if (said.trim()) head = own ? item : `\n${item}`;
  let tail = isApart(below) ? "" : "\n";
  if (behind.trim()) tail = own ? item : goesOn(behind) ? "\n" : "\n\n";
  put(editor, start, end, head, texts.join(item), tail);
}

// `text` as a block: with blank lines around it, or as all that an empty item holds.
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

// Alt+↑ and Alt+↓ move the line at the caret, or the chosen lines; from the edge of a section into the one beside it.

import { isRemoved, rowsOf } from "./row_order.js";
import { EDITOR, isComposing, replace } from "./typing.js";

const group = document.getElementById("sections-group");

// Return the whole lines that the selection touches, as [start, end).
export function linesAt({ value, selectionStart, selectionEnd }) {
  const last = selectionEnd > selectionStart && value[selectionEnd - 1] === "\n" ? selectionEnd - 1 : selectionEnd;
  const end = value.indexOf("\n", last);
  return [value.lastIndexOf("\n", selectionStart - 1) + 1, end < 0 ? value.length : end];
}

const INDENT = /^ */;

// Return the lines of the selection; for a caret in an item of a list, what hangs under the item as well.
export function itemAt(editor) {
  const [start, end] = linesAt(editor);
  const item = editor.value.slice(start, end);
  if (editor.selectionStart !== editor.selectionEnd || !/^ *([-*+]|\d+[.)]) /.test(item)) return [start, end];
  let [last, place] = [end, end];
  for (const line of editor.value.slice(end + 1).split("\n")) {
    place += 1 + line.length;
    if (!line.trim()) continue;
    if (INDENT.exec(line)[0].length <= INDENT.exec(item)[0].length) break;
    last = place;
  }
  return [start, last];
}

function choose(editor, start, end) {
  editor.focus();
  editor.setSelectionRange(start, end);
}

// Within the text: exchange the lines with the line beside them.
function swap(editor, start, end, step) {
  const { value } = editor;
  const lines = value.slice(start, end);
  if (step < 0) {
    const above = value.lastIndexOf("\n", start - 2) + 1;
    replace(editor, above, end, `${lines}\n${value.slice(above, start - 1)}`);
    choose(editor, above, above + lines.length);
  } else {
    const stop = value.indexOf("\n", end + 1);
    const below = value.slice(end + 1, stop < 0 ? value.length : stop);
    replace(editor, start, end + 1 + below.length, `${below}\n${lines}`);
    choose(editor, start + below.length + 1, start + below.length + 1 + lines.length);
  }
}

// Into the section above or below: as its last, or its first line.
function pass(editor, start, end, step) {
  const bodies = rowsOf(group).filter((row) => !isRemoved(row)).map((row) => row.querySelector("[name$='-body']"));
  const other = bodies[bodies.indexOf(editor) + step];
  if (other) carry(editor, start, end, other, step < 0 ? other.value.length : 0);
}

// Take whole lines out of a text and put them into another one: before the line that begins at `place`, or at its end.
export function carry(editor, start, end, other, place) {
  const { value } = editor;
  const lines = value.slice(start, end);
  if (!lines.trim()) return;
  if (end < value.length) replace(editor, start, end + 1, "");
  else replace(editor, Math.max(0, start - 1), end, "");
  const text = other.value.replace(/\n+$/, "");
  if (place >= text.length) {
    const glue = text ? "\n" : "";
    replace(other, text.length, other.value.length, `${glue}${lines}\n`);
    choose(other, text.length + glue.length, text.length + glue.length + lines.length);
  } else {
    replace(other, place, place, `${lines}\n`);
    choose(other, place, place + lines.length);
  }
}

document.addEventListener("keydown", (event) => {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const editor = event.target.closest?.(EDITOR);
  if (!step || !editor || isComposing(event) || !event.altKey || event.shiftKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const [start, end] = linesAt(editor);
  const isAtEdge = step < 0 ? start === 0 : end === editor.value.length;
  if (!isAtEdge) swap(editor, start, end, step);
  else if (group?.contains(editor)) pass(editor, start, end, step);
});

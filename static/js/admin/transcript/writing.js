// Writing in the lines: dividing and joining them, and the way from one to the next by keys.

import { isComposing } from "../typing.js";
import { change, focusOn, redo, settle, undo } from "./history.js";
import { isTyped, lineOf, list, shown, textOf } from "./lines.js";
import { now } from "./playing.js";

const isWordy = (text, at) => /[A-Za-z0-9,.!?]/.test(text.at(at) ?? "");
const join = (one, other) => (isWordy(one, -1) && isWordy(other, 0) ? `${one} ${other}` : one + other);

// The time of a place in a text: where the audio is, if it is in this line, else in proportion.
function timeAt({ start, end, text }, place) {
  const heard = now();
  const time = heard > start && heard < end ? heard : start + ((end - start) * place) / text.length;
  return Math.round(time * 1000) / 1000;
}

const put = (index, count, ...lines) => shown.toSpliced(index, count, ...lines);

function divide(item, place) {
  settle();
  const line = lineOf(item);
  const [before, after] = [line.text.slice(0, place).trimEnd(), line.text.slice(place).trimStart()];
  const index = shown.indexOf(line);
  if (!before || !after) return focusOn(shown[index + 1]);
  const at = timeAt(line, place);
  const second = { ...line, start: at, text: after };
  return change(put(index, 1, { ...line, end: at, text: before }, second), second);
}

function joinWithAbove(item) {
  settle();
  const index = shown.indexOf(lineOf(item));
  if (index < 1) return;
  const [above, line] = [shown[index - 1], shown[index]];
  const joined = { ...above, end: Math.max(above.end, line.end), text: join(above.text, line.text) };
  change(put(index - 1, 2, joined), joined, joined.text.length - line.text.length);
}

// The line begins now, and the one above ends now if it went on until here.
function stamp(item) {
  settle();
  const index = shown.indexOf(lineOf(item));
  const [above, line] = [shown[index - 1], shown[index]];
  const start = Math.round(now() * 1000) / 1000;
  if (!(start < line.end && start > (above?.start ?? -1))) return;
  const stamped = { ...line, start };
  const place = textOf(item).selectionStart;
  if (above?.end >= Math.min(line.start, start)) change(put(index - 1, 2, { ...above, end: start }, stamped), stamped, place);
  else change(put(index, 1, stamped), stamped, place);
}

const KEYS = {
  Enter: (item, text) => divide(item, text.selectionStart),
  "Ctrl+;": stamp,
  "Alt+ArrowUp": (item) => focusOn(shown[shown.indexOf(lineOf(item)) - 1]),
  "Alt+ArrowDown": (item) => focusOn(shown[shown.indexOf(lineOf(item)) + 1]),
};

const nameOf = ({ key, ctrlKey, metaKey, altKey, shiftKey }) =>
  [(ctrlKey || metaKey) && "Ctrl", altKey && "Alt", shiftKey && "Shift", key.length === 1 ? key.toLowerCase() : key]
    .filter(Boolean)
    .join("+");

list.addEventListener("change", settle); // a text was left, or somebody else speaks

list.addEventListener("keydown", (event) => {
  const item = event.target.closest("li");
  if (!item || isComposing(event)) return;
  const text = event.target.closest("textarea");
  const name = nameOf(event);
  if (["Ctrl+z", "Ctrl+Shift+z", "Ctrl+y"].includes(name) && !isTyped(item)) {
    event.preventDefault();
    if (name === "Ctrl+z") undo();
    else redo();
  } else if (name === "Backspace" && text?.selectionEnd === 0 && shown[0] !== lineOf(item)) {
    event.preventDefault();
    joinWithAbove(item);
  } else if (text && KEYS[name]) {
    event.preventDefault();
    KEYS[name](item, text);
  }
});

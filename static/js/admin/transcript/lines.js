// The lines of a transcript: data, which never change, and the list that shows them. A change is another array of lines.

import { spellTime } from "../../times.js";

export const list = document.getElementById("transcript-lines");
export const form = document.getElementById("transcript-form");

const template = document.getElementById("transcript-line").content.firstElementChild;
const items = new Map(); // the item of each line that is shown
const lines = new WeakMap(); // the line of each item

/** The lines as they were shown or committed last; what is being typed in one is only in its item. */
export let shown = [];

const build = (line) => {
  const item = template.cloneNode(true);
  const [span, time, speaker, text] = item.children;
  span.value = `${line.start} ${line.end}`;
  time.textContent = spellTime(Math.floor(line.start));
  speaker.value = speaker.defaultValue = line.speaker;
  text.value = line.text;
  keep(item, line);
  return item;
};

function keep(item, line) {
  items.delete(lines.get(item));
  items.set(line, item);
  lines.set(item, line);
}

export const itemOf = (line) => items.get(line);
export const lineOf = (item) => lines.get(item);
export const textOf = (item) => item.querySelector("textarea");

/** Show these lines: only the stretch that differs is built anew. */
export function show(next) {
  let start = 0;
  while (start < shown.length && start < next.length && shown[start] === next[start]) start++;
  let [oldEnd, newEnd] = [shown.length, next.length];
  while (oldEnd > start && newEnd > start && shown[oldEnd - 1] === next[newEnd - 1]) [oldEnd, newEnd] = [oldEnd - 1, newEnd - 1];
  const kept = new Set(next.slice(start, newEnd));
  for (const line of shown.slice(start, oldEnd)) {
    if (kept.has(line)) continue;
    items.get(line)?.remove();
    items.delete(line);
  }
  const after = itemOf(next[newEnd]) ?? null;
  const fragment = document.createDocumentFragment();
  fragment.append(...next.slice(start, newEnd).map((line) => items.get(line) ?? build(line)));
  list.insertBefore(fragment, after);
  shown = next;
  next.slice(start, newEnd + 1).forEach((line, index) => markSpeaker(start + index));
  list.dispatchEvent(new CustomEvent("lines", { bubbles: true }));
}

/** Take over what was typed in this item. Return whether that changed the line. */
export function commit(item) {
  const line = lines.get(item);
  const [, , speaker, text] = item.children;
  if (text.value === line.text && speaker.value === line.speaker) return false;
  const index = shown.indexOf(line);
  const typed = { ...line, text: text.value, speaker: speaker.value };
  keep(item, typed);
  shown = shown.with(index, typed);
  markSpeaker(index);
  markSpeaker(index + 1);
  return true;
}

// A label that repeats the one above it is quiet.
function markSpeaker(index) {
  const line = shown[index];
  if (line) items.get(line).classList.toggle("goes-on", index > 0 && shown[index - 1].speaker === line.speaker);
}

const stored = JSON.parse(document.getElementById("transcript-rows").textContent);
show(stored.map(([start, end, text, speaker]) => ({ start, end, text, speaker })));

// The lines of a transcript: data, which never change, and the lists that show them. A change is another array of lines.
// The lists are short stretches: the browser passes over those out of sight as a whole, so that typing stays quick.

import { spellTime } from "../../times.js";

export const list = document.getElementById("transcript-lines");
export const form = document.getElementById("transcript-form");

const STRETCH = 50; // lines
const template = document.getElementById("transcript-line").content.firstElementChild;
const items = new Map(); // the item of each line that is shown
const lines = new WeakMap(); // the line of each item
const touched = new Set(); // the items in which somebody types

/** The lines as they were shown or committed last; what is being typed in one is only in its item. */
export let shown = [];

const build = (line) => {
  const item = template.cloneNode(true);
  const [time, speaker, text] = item.children;
  time.textContent = spellTime(Math.floor(line.start));
  speaker.value = line.speaker;
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

/** Show these lines: only those that differ are built anew. */
export function show(next) {
  let start = 0;
  while (start < shown.length && start < next.length && shown[start] === next[start]) start++;
  let [oldEnd, newEnd] = [shown.length, next.length];
  while (oldEnd > start && newEnd > start && shown[oldEnd - 1] === next[newEnd - 1]) [oldEnd, newEnd] = [oldEnd - 1, newEnd - 1];
  const kept = new Set(next.slice(start, newEnd));
  const gone = shown.slice(start, oldEnd).filter((line) => !kept.has(line));
  const fresh = next.slice(start, newEnd).map((line) => items.get(line) ?? build(line));
  const [before, after] = [itemOf(next[start - 1]), itemOf(next[newEnd])];
  if (fresh.length > STRETCH || !(before ?? after)) divide(next);
  else if (before) before.after(...fresh);
  else after.before(...fresh);
  for (const line of gone) leaveOut(line);
  shown = next;
  next.slice(start, newEnd + 1).forEach((_line, index) => markSpeaker(start + index));
  list.dispatchEvent(new CustomEvent("lines", { bubbles: true }));
}

// Put all lines into stretches of their own.
function divide(next) {
  const stretches = [];
  for (let start = 0; start < next.length; start += STRETCH) {
    const stretch = document.createElement("ol");
    stretch.append(...next.slice(start, start + STRETCH).map(itemOf));
    stretches.push(stretch);
  }
  list.replaceChildren(...stretches);
}

function leaveOut(line) {
  const item = items.get(line);
  const stretch = item.parentElement;
  item.remove();
  if (stretch && !stretch.children.length) stretch.remove();
  items.delete(line);
}

const read = (item) => ({ ...lines.get(item), speaker: item.children[1].value, text: item.children[2].value });
const isSame = (one, other) => one.text === other.text && one.speaker === other.speaker;

/** Whether something is typed in this item that its line does not have yet. */
export const isTyped = (item) => touched.has(item) && !isSame(read(item), lines.get(item));

/** Take over what was typed. Return whether that changed a line. */
export function commit() {
  const before = shown;
  for (const item of touched) {
    const line = lines.get(item);
    const typed = read(item);
    const index = shown.indexOf(line);
    if (index < 0 || isSame(typed, line)) continue;
    keep(item, typed);
    shown = shown.with(index, typed);
    markSpeaker(index);
    markSpeaker(index + 1);
  }
  touched.clear();
  return shown !== before;
}

// A label that repeats the one above it is quiet.
function markSpeaker(index) {
  const line = shown[index];
  if (line) items.get(line).classList.toggle("goes-on", index > 0 && shown[index - 1].speaker === line.speaker);
}

list.addEventListener("input", ({ target }) => touched.add(target.closest("li")));
// The fields of the lines have no names: to read thousands of them would hold up the typing every time.
form.addEventListener("formdata", ({ formData }) => {
  const now = shown.map((line) => (touched.has(items.get(line)) ? read(items.get(line)) : line));
  formData.set("lines", JSON.stringify(now.map(({ start, end, text, speaker }) => [start, end, text, speaker])));
});

const stored = JSON.parse(document.getElementById("transcript-rows").textContent);
show(stored.map(([start, end, text, speaker]) => ({ start, end, text, speaker })));

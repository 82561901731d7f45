// Times from the audio: stamp, play from here, go over them again, shift the rest.

import { audio, playFrom } from "./audio_source.js";
import { fill } from "./news.js";
import { goOver } from "./restamp.js";
import { ROW, isRemoved, rowsOf } from "./row_order.js";
import { distance, shift } from "./shifting.js";
import { parseTime, spellShift, spellTime } from "../times.js";
import { isComposing, replace } from "./typing.js";

const bar = document.getElementById("stamping");
const group = document.getElementById("sections-group");
const whole = document.querySelector("textarea[name=notes]"); // the notes as one document
const news = document.getElementById("stamping-news");
const HEADING = /^(#{2,6}[ \t]+)([\d０-９]{1,3}(?:[:：][0-5０-５][\d０-９]){1,2}(?=\s|$)[ \t]*)?/;

const timeOf = (row) => row.querySelector("[name$='-starts_at']");
const times = () => rowsOf(group).filter((row) => !isRemoved(row)).map(timeOf);

function say(sentence, name, act) {
  news.textContent = sentence;
  if (!act) return;
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: name });
  button.addEventListener("click", act);
  news.append(" ", button);
}

const isReady = () => {
  if (audio.src) return true;
  say(bar.dataset.chooseFirst);
  document.getElementById("stamping-file").focus();
  return false;
};

function stamp(input) {
  const before = input.value;
  input.value = spellTime(audio.currentTime);
  for (const name of ["input", "change"]) input.dispatchEvent(new Event(name, { bubbles: true }));
  say(before && before !== input.value ? fill(bar.dataset.changed, { time: input.value, before }) : input.value);
}

// In the document: return the heading that the caret is in or under, as { start of its line, match }, or null.
function headingAtCaret() {
  for (let end = whole.selectionStart; end >= 0; ) {
    const start = whole.value.lastIndexOf("\n", end - 1) + 1;
    const found = HEADING.exec(whole.value.slice(start));
    if (found) return { start, found };
    end = start - 1;
  }
  return null;
}

function stampDocument() {
  const { start, found } = headingAtCaret() ?? { start: whole.selectionStart, found: ["", "", ""] };
  const from = start + found[1].length;
  const time = spellTime(audio.currentTime);
  replace(whole, from, from + (found[2]?.length ?? 0), `${time} `);
  say(time);
}

function stampAtCaret() {
  if (!isReady()) return;
  if (whole) {
    stampDocument();
    return;
  }
  const row = document.activeElement.closest?.(`#sections-group ${ROW}`);
  const input = row ? timeOf(row) : times().find((one) => !one.value);
  if (input) stamp(input);
}

function shiftFrom(input) {
  if (!distance(input) && isReady()) stamp(input);
  const seconds = distance(input);
  if (!seconds) return;
  const all = times();
  const { moved, undo } = shift(input, all.slice(all.indexOf(input) + 1), seconds);
  say(fill(bar.dataset.shifted, { count: moved.length, by: spellShift(seconds) }), bar.dataset.undo, () => {
    undo();
    say("");
  });
}

const DOES = {
  stamp: (input) => isReady() && stamp(input),
  play: (input) => isReady() && playFrom(parseTime(input.value) ?? 0),
  shift: shiftFrom,
};

function addTools(row) {
  const tools = document.getElementById("time-tools").content.firstElementChild.cloneNode(true);
  row.querySelector(".time-tools")?.remove(); // a new row is a copy of the empty form
  row.querySelector("[name$='-body']").before(tools);
}

if (bar && group) {
  for (const row of rowsOf(group)) addTools(row);
  group.addEventListener("formset:added", (event) => addTools(event.target));
  group.addEventListener("click", (event) => {
    const button = event.target.closest(".time-tools [data-do]");
    if (button) DOES[button.dataset.do](timeOf(button.closest(ROW)));
  });
  document.getElementById("stamping-pass").addEventListener("click", () => {
    const timed = times().filter((input) => parseTime(input.value) !== null);
    if (timed.length && isReady()) goOver(timed, { confirm: stamp, say, words: bar.dataset });
  });
}

if (bar && whole) {
  document.getElementById("stamping-here").addEventListener("click", stampAtCaret);
  document.getElementById("stamping-play").addEventListener("click", () => {
    if (isReady()) playFrom(parseTime(headingAtCaret()?.found[2] ?? "") ?? 0);
  });
}

if (bar && (group || whole)) {
  document.addEventListener("desk:stamp", stampAtCaret);
  document.addEventListener("keydown", (event) => {
    if (isComposing(event) || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.key === ";") stampAtCaret();
    else if (event.key === "." && isReady()) audio.paused ? playFrom(audio.currentTime) : audio.pause();
    else return;
    event.preventDefault();
  });
}

// Sections as rows: split at the caret, merge with the section above, raise and lower the level.

import { ROW, addAfter, isOutlineKey, isRemoved, rowsOf } from "./row_order.js";
import { parseTime } from "../times.js";
import { replace } from "./typing.js";

const HEADING = /^\s*(#{2,6})[ \t]+(?:([\d０-９:：]+)(?:[ \t]+|$))?(.*)$/;
const UNDERLINE = /^ {0,3}(-{2,}|=+)\s*$/;

const field = (row, name) => row.querySelector(`[name$='-${name}']`);

function fillIn(row, name, value) {
  field(row, name).value = value;
  field(row, name).dispatchEvent(new Event("input", { bubbles: true }));
}

function changeLevel(row, step) {
  const level = field(row, "level");
  const next = Number(level.value) + step;
  if (![...level.options].some((option) => option.value === String(next))) return;
  level.value = next;
  level.dispatchEvent(new Event("change", { bubbles: true }));
}

// The text after the caret becomes a section; selected words, or a heading there, become its heading.
function split(editor) {
  const row = editor.closest(ROW);
  const { selectionStart, selectionEnd, value } = editor;
  const [first, ...others] = value.slice(selectionEnd).replace(/^\n+/, "").split("\n");
  const selected = value.slice(selectionStart, selectionEnd).trim().replace(/\s*\n\s*/g, " ").replace(/^[-*+#]+\s+/, "");
  const isUnderlined = !selected && UNDERLINE.test(others[0] ?? "");
  if (isUnderlined) others.shift();
  const marks = isUnderlined ? `${"#".repeat(Number(field(row, "level").value))} ` : "";
  const heading = selected ? null : HEADING.exec(marks + first);
  replace(editor, value.slice(0, selectionStart).trimEnd().length, value.length, "");
  const added = addAfter(row);
  fillIn(added, "level", heading ? heading[1].length : field(row, "level").value);
  const isTimed = heading && parseTime(heading[2] ?? "") !== null;
  if (isTimed) fillIn(added, "starts_at", heading[2]);
  fillIn(added, "heading", selected || (heading ? (isTimed ? "" : heading[2] ? `${heading[2]} ` : "") + heading[3] : ""));
  fillIn(added, "body", (heading ? others : [first, ...others]).join("\n").trim());
  field(added, "heading").focus();
}

// Escape a start that would make the underlined heading another block, such as a list.
const escapeStart = (words) => words.replace(/^(\d{1,9}(?=[.)](\s|$))|(?=[-+*](\s|$)|>|#{1,6}(\s|$)))/, "$&\\");

// Return the heading with its time as an underlined one, which begins no section of its own.
function underline(row) {
  const [time, words] = ["starts_at", "heading"].map((name) => field(row, name).value.trim());
  const line = time ? `${time} ${words}`.trim() : escapeStart(words);
  return line ? `${line}\n---` : "";
}

// Append heading and text to the section above. One undo brings the row back.
function mergeUp(row) {
  const rows = rowsOf(row.closest(".inline-group")).filter((one) => !isRemoved(one));
  const above = rows[rows.indexOf(row) - 1];
  if (!above) return;
  const body = field(above, "body");
  const text = [underline(row), field(row, "body").value.replace(/^(\s*\n)+/, "").trimEnd()].filter(Boolean).join("\n\n");
  const before = body.value;
  const end = before.trimEnd().length;
  if (text) replace(body, end, before.length, end ? `\n\n${text}` : text);
  const merged = body.value;
  let [gone, bringBack] = [row, remove(row, above)];
  body.addEventListener("input", ({ inputType }) => {
    if (inputType === "historyUndo" && body.value === before) gone = bringBack();
    if (inputType === "historyRedo" && body.value === merged) bringBack = remove(gone, above);
  });
  body.focus();
  body.setSelectionRange(end, end);
}

// Remove the row below `above`; return a function that brings it back. A stored row stays in the form until the save.
function remove(row, above) {
  const box = field(row, "DELETE");
  const tick = (isGone) => {
    if (box.checked !== isGone) box.click();
    return row;
  };
  if (box) {
    tick(true);
    return () => tick(false);
  }
  const values = ["level", "starts_at", "heading", "body"].map((name) => [name, field(row, name).value]);
  row.querySelector(".inline-deletelink").click();
  return () => {
    const added = addAfter(above);
    for (const [name, value] of values) fillIn(added, name, value);
    return added;
  };
}

function addTools(row) {
  row.querySelector(".section-tools")?.remove(); // a new row is a copy of the empty form
  const tools = document.getElementById("section-tools").content.firstElementChild.cloneNode(true);
  row.querySelector("h3").append(tools);
}

const group = document.getElementById("sections-group");
if (group) {
  for (const row of rowsOf(group)) addTools(row);
  group.addEventListener("formset:added", (event) => addTools(event.target));
  group.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    const row = event.target.closest(ROW);
    if (!button || !row) return;
    if (button.dataset.do === "split") split(field(row, "body"));
    if (button.dataset.do === "merge") mergeUp(row);
    if (button.dataset.do === "raise") changeLevel(row, -1);
    if (button.dataset.do === "lower") changeLevel(row, 1);
  });
  group.addEventListener("keydown", (event) => {
    const row = event.target.closest(ROW);
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!row || !step || !isOutlineKey(event)) return;
    event.preventDefault();
    changeLevel(row, step);
  });
}

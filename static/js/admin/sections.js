// Sections as rows: split at the caret, merge with the one above, level up and down.

import { ROW, addAfter, isOutlineKey, isRemoved, rowsOf } from "./row_order.js";
import { parseTime } from "../times.js";
import { replace } from "./typing.js";

const HEADING = /^\s*(#{2,6})[ \t]+(?:([\d０-９:：]+)[ \t]+)?(.*)$/;

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

// What follows the caret becomes a section; words that are selected, or a heading there, are its heading.
function split(editor) {
  const row = editor.closest(ROW);
  const { selectionStart, selectionEnd, value } = editor;
  const [first, ...others] = value.slice(selectionEnd).replace(/^\n+/, "").split("\n");
  const selected = value.slice(selectionStart, selectionEnd).trim().replace(/\s*\n\s*/g, " ").replace(/^[-*+#]+\s+/, "");
  const heading = selected ? null : HEADING.exec(first);
  replace(editor, value.slice(0, selectionStart).trimEnd().length, value.length, "");
  const added = addAfter(row);
  fillIn(added, "level", heading ? heading[1].length : field(row, "level").value);
  const isTimed = heading && parseTime(heading[2] ?? "") !== null;
  if (isTimed) fillIn(added, "starts_at", heading[2]);
  fillIn(added, "heading", selected || (heading ? (isTimed ? "" : heading[2] ? `${heading[2]} ` : "") + heading[3] : ""));
  fillIn(added, "body", (heading ? others : [first, ...others]).join("\n").trim());
  field(added, "heading").focus();
}

// Heading and text go on at the end of the section above.
function mergeUp(row) {
  const rows = rowsOf(row.closest(".inline-group")).filter((one) => !isRemoved(one));
  const above = rows[rows.indexOf(row) - 1];
  if (!above) return;
  const body = field(above, "body");
  const head = [field(row, "starts_at").value.trim(), field(row, "heading").value.trim()].filter(Boolean).join(" ");
  const text = [head, field(row, "body").value.trim()].filter(Boolean).join("\n\n");
  const end = body.value.trimEnd().length;
  replace(body, end, body.value.length, text && end ? `\n\n${text}` : text);
  remove(row);
  body.focus();
  body.setSelectionRange(end, end);
}

function remove(row) {
  const box = field(row, "DELETE");
  if (box) box.click(); // it can be brought back until the form is saved
  else row.querySelector(".inline-deletelink").click();
}

function addTools(row) {
  row.querySelector(".section-tools")?.remove(); // a new row is a copy
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

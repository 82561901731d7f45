// The order of the rows in a form, and the position fields that tell it to the server.

import { isComposing } from "./typing.js";

export const ROW = ".inline-related:not(.empty-form)";

export const placeOf = (row) => row.querySelector("input[name$='-position']");
export const rowsOf = (group) => [...group.querySelectorAll(ROW)].filter(placeOf);
export const isRemoved = (row) => row.querySelector("[name$='-DELETE']")?.checked ?? false;

// The keys that move parts of an outline in Word.
const isMac = navigator.platform.startsWith("Mac");
export const isOutlineKey = (event) => event.shiftKey && !isComposing(event) && (isMac ? event.ctrlKey : event.altKey);

// The set of numbers stays the same; only their order over the rows changes.
export function count(group) {
  const rows = rowsOf(group);
  let places = rows.map((row) => Number(placeOf(row).value || 0)).sort((a, b) => a - b);
  if (new Set(places).size < places.length) places = rows.map((_, index) => index + 1);
  rows.forEach((row, index) => (placeOf(row).value = places[index]));
  rows[0]?.dispatchEvent(new Event("change", { bubbles: true }));
}

export function move(row, step) {
  const group = row.closest(".inline-group");
  const rows = rowsOf(group);
  const other = rows[rows.indexOf(row) + step];
  if (!other) return;
  const focused = document.activeElement;
  if (step < 0) other.before(row);
  else other.after(row);
  if (row.contains(focused)) focused.focus(); // moving the row took the focus away
  count(group);
}

// Add a row right after this one and return it.
export function addAfter(row) {
  const group = row.closest(".inline-group");
  group.querySelector(".add-row a").click();
  const added = rowsOf(group).at(-1);
  row.after(added);
  count(group);
  return added;
}

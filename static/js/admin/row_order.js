// The order of rows in a form: where each stands, and the numbers that say so to the server.

import { isComposing } from "./typing.js";

export const ROW = ".inline-related:not(.empty-form)";

export const placeOf = (row) => row.querySelector("input[name$='-position']");
export const rowsOf = (group) => [...group.querySelectorAll(ROW)].filter(placeOf);
export const isRemoved = (row) => row.querySelector("[name$='-DELETE']")?.checked ?? false;

// The keys with which Word moves parts of an outline.
const isMac = navigator.platform.startsWith("Mac");
export const isOutlineKey = (event) => event.shiftKey && !isComposing(event) && (isMac ? event.ctrlKey : event.altKey);

// The places stay the same numbers; only who has which changes.
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
  if (row.contains(focused)) focused.focus(); // moving took it away
  count(group);
}

// A new row right after this one.
export function addAfter(row) {
  const group = row.closest(".inline-group");
  group.querySelector(".add-row a").click();
  const added = rowsOf(group).at(-1);
  row.after(added);
  count(group);
  return added;
}

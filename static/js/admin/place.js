// Keeps the place over a save, which loads the page again: caret, scrolling, open folds, the tab of narrow screens.

import { desk, form } from "./form_state.js";
import { ROW, isRemoved, rowsOf } from "./row_order.js";

const KEY = "place at the desk";
const LONGEST = 60_000; // milliseconds
// The messages of a page, and the form that their *Undo* sends.
export const SAID = ".messagelist, #undo";

const foldsOf = () => [...desk.querySelectorAll("details")];
const nameOf = (fold) => fold.dataset.name ?? fold.querySelector("summary")?.textContent.trim();
const rowsIn = (group) => rowsOf(group).filter((row) => !isRemoved(row));

// A row may get another number by the save: it is known by its place among the others.
function sign(field) {
  const row = field.closest(ROW);
  const group = row?.closest(".inline-group");
  if (!group) return { name: field.name };
  return { group: group.id, index: rowsIn(group).indexOf(row), ending: field.name.replace(/^.*-/, "") };
}

function find({ name, group, index, ending }) {
  if (!group) return form.elements[name];
  const rows = document.getElementById(group);
  return rows && rowsIn(rows)[index]?.querySelector(`[name$="-${ending}"]`);
}

// `messages`: the HTML of messages that the page to come has said already.
export function keepPlace(address, messages = "") {
  const field = form.contains(document.activeElement) && document.activeElement.name ? document.activeElement : null;
  const place = {
    path: new URL(address, location.href).pathname,
    at: Date.now(),
    scroll: window.scrollY,
    folds: foldsOf().map((fold) => [nameOf(fold), fold.open]),
    tab: desk.dataset.shows,
    messages,
  };
  if (field) {
    const { selectionStart: start, selectionEnd: end, scrollTop } = field;
    Object.assign(place, { field: sign(field), start, end, scrollTop, top: field.getBoundingClientRect().top });
  }
  sessionStorage.setItem(KEY, JSON.stringify(place));
}

function goBack(place) {
  if (!document.querySelector(SAID)) document.getElementById("content").insertAdjacentHTML("beforebegin", place.messages);
  const folds = new Map(place.folds);
  for (const fold of foldsOf()) fold.open = folds.get(nameOf(fold)) ?? fold.open;
  if (place.tab) document.getElementById(place.tab)?.click();
  const field = place.field && find(place.field);
  if (!field?.focus) {
    window.scrollTo({ top: place.scroll, behavior: "instant" });
    return;
  }
  field.focus({ preventScroll: true });
  if (typeof place.start === "number") field.setSelectionRange(place.start, place.end);
  field.scrollTop = place.scrollTop;
  window.scrollBy({ top: field.getBoundingClientRect().top - place.top, behavior: "instant" });
}

const place = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
if (place && form) {
  sessionStorage.removeItem(KEY);
  const isMeant = place.path === location.pathname && Date.now() - place.at < LONGEST;
  if (isMeant) {
    document.getElementById("desk-said").textContent = desk.dataset.savedAt;
    window.addEventListener("load", () => goBack(place));
  }
}

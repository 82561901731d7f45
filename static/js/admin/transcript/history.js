// Undo and redo of what changes lines. While somebody types in a line, its browser's own undo comes first.

import { commit, form, itemOf, shown, show, textOf } from "./lines.js";

const MOST = 200; // steps
const past = [];
const future = [];

const remember = (before) => {
  past.push(before);
  if (past.length > MOST) past.shift();
  future.length = 0;
};

/** Take over what is being typed, as a step of its own. */
export function settle() {
  const before = shown;
  if (commit()) remember(before);
}

/** Show other lines as one step; `focused` is the line that gets the caret, at `place`. */
export function change(next, focused, place = 0) {
  settle();
  remember(shown);
  go(next);
  focusOn(focused, place);
}

export function focusOn(line, place = 0) {
  const text = line && itemOf(line) && textOf(itemOf(line));
  text?.focus();
  text?.setSelectionRange(place, place);
}

function go(next) {
  show(next);
  form.dispatchEvent(new Event("input", { bubbles: true })); // it is not saved
}

function step(from, to) {
  if (!from.length) return;
  const before = shown;
  to.push(before);
  go(from.pop());
  const changed = shown.findIndex((line, index) => line !== before[index]);
  focusOn(shown[Math.max(changed, 0)], 0);
}

export const undo = () => step(past, future);
export const redo = () => step(future, past);

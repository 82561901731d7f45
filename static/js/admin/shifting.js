// Shifts the times after a changed one by the same distance, and back again on undo.

import { parseTime, spellTime } from "../times.js";

const known = new WeakMap(); // the value of a field when the others last followed it

// Return the seconds that this field has moved since; 0 if they cannot be known.
export function distance(input) {
  const [was, is] = [parseTime(known.get(input) ?? input.defaultValue), parseTime(input.value)];
  return was === null || is === null ? 0 : is - was;
}

// Shift the fields; return those that have a time, and the undo function.
export function shift(first, others, seconds) {
  const moved = others.filter((input) => parseTime(input.value) !== null);
  const before = moved.map((input) => input.value);
  const was = known.get(first);
  const put = (input, value) => {
    input.value = value;
    known.set(input, value);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  known.set(first, first.value);
  for (const input of moved) put(input, spellTime(parseTime(input.value) + seconds));
  const undo = () => {
    if (was === undefined) known.delete(first);
    else known.set(first, was);
    moved.forEach((input, index) => put(input, before[index]));
  };
  return { moved, undo };
}

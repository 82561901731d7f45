// What follows a time that has changed moves as far as that one did, and back again if it was a mistake.

import { parseTime, spellTime } from "../times.js";

const known = new WeakMap(); // what a field said when the others last followed it

// How far this field has moved since; 0 where nobody can tell.
export function distance(input) {
  const [was, is] = [parseTime(known.get(input) ?? input.defaultValue), parseTime(input.value)];
  return was === null || is === null ? 0 : is - was;
}

// Moves the fields; answers those that have a time, and how to take it back.
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

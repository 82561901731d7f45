// The handle over the text of a section drags the line at the caret with what hangs under it, or the chosen lines, into
// another section: with a mouse or a finger, which browsers do not let drag by themselves. Near an end of the window the page scrolls.

import { carry, itemAt } from "./line_moves.js";
import { ROW, isRemoved } from "./row_order.js";

const EDGE = 96; // pixels: the bar above and the audio below are narrower
const STEP = 12; // pixels a frame

const group = document.getElementById("sections-group");
const label = document.createElement("div"); // the words that are dragged
label.className = "dragged-line";
let taken = null; // [editor, start, end]
let pointer = null; // its last event, once it has moved
let target = null; // the row under the pointer

function aim(row) {
  if (row === target) return;
  target?.classList.remove("takes-line");
  target = row;
  target?.classList.add("takes-line");
}

// Return where the line under the pointer begins; the length of the text where the browser cannot tell.
function placeAt({ clientX, clientY }, editor) {
  const caret = document.caretPositionFromPoint?.(clientX, clientY);
  return caret?.offsetNode === editor ? editor.value.lastIndexOf("\n", caret.offset - 1) + 1 : editor.value.length;
}

const under = ({ clientX, clientY }) => document.elementFromPoint(clientX, clientY);

function follow() {
  label.style.transform = `translate(${pointer.clientX + 12}px, ${pointer.clientY + 12}px)`;
  const row = under(pointer)?.closest(ROW);
  aim(row && group.contains(row) && !isRemoved(row) && !row.contains(taken[0]) ? row : null);
}

function scrollOn() {
  if (!taken) return;
  const step = pointer.clientY < EDGE ? -STEP : pointer.clientY > innerHeight - EDGE ? STEP : 0;
  if (step) {
    scrollBy({ top: step, behavior: "instant" });
    follow();
  }
  requestAnimationFrame(scrollOn);
}

function letGo() {
  aim(null);
  label.remove();
  taken = pointer = null;
}

group?.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest?.(".line-handle");
  if (!handle || event.button || taken) return;
  const editor = handle.closest(".editing-tools").nextElementSibling;
  const [start, end] = itemAt(editor);
  const [words] = editor.value.slice(start, end).trim().split("\n");
  if (!words) return;
  taken = [editor, start, end];
  label.textContent = words;
  handle.setPointerCapture(event.pointerId);
});

group?.addEventListener("pointermove", (event) => {
  if (!taken) return;
  const isFirst = !pointer;
  pointer = event;
  if (isFirst) document.body.append(label);
  follow();
  if (isFirst) scrollOn();
});

group?.addEventListener("pointerup", (event) => {
  if (!taken) return;
  const editor = target?.querySelector("[name$='-body']");
  const what = taken;
  const place = editor && under(event) === editor ? placeAt(event, editor) : editor?.value.length;
  letGo();
  if (editor) carry(...what, editor, place);
});

group?.addEventListener("pointercancel", letGo);
document.addEventListener("keydown", (event) => taken && event.key === "Escape" && letGo());

// The handle over the text of a section drags the line at the caret, or the chosen lines, into another section.

import { carry, linesAt } from "./line_moves.js";
import { ROW, isRemoved } from "./row_order.js";

const group = document.getElementById("sections-group");
let taken = null; // [editor, start, end]
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

group?.addEventListener("dragstart", (event) => {
  const handle = event.target.closest?.(".line-handle");
  if (!handle) return;
  const editor = handle.closest(".editing-tools").nextElementSibling;
  const [start, end] = linesAt(editor);
  const lines = editor.value.slice(start, end);
  if (!lines.trim()) {
    event.preventDefault();
    return;
  }
  taken = [editor, start, end];
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", lines);
});

group?.addEventListener("dragover", (event) => {
  if (!taken) return;
  event.preventDefault(); // else the browser puts a copy of the words between two letters
  const row = event.target.closest?.(ROW);
  const isOther = row && !isRemoved(row) && !row.contains(taken[0]);
  event.dataTransfer.dropEffect = isOther ? "move" : "none";
  aim(isOther ? row : null);
});

group?.addEventListener("drop", (event) => {
  if (!taken) return;
  event.preventDefault();
  const editor = target?.querySelector("[name$='-body']");
  if (editor) carry(...taken, editor, event.target === editor ? placeAt(event, editor) : editor.value.length);
});

group?.addEventListener("dragend", () => {
  aim(null);
  taken = null;
});

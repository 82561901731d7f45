// Enter in a list goes on with the list; Enter in an empty item ends it.

import { type } from "./typing.js";

const ITEM = /^(\s*)([-*+]|(\d{1,9})([.)]))( +)(\[[ xX]\] +)?/;

export function continueList(event, editor) {
  const start = editor.value.lastIndexOf("\n", editor.selectionStart - 1) + 1;
  const line = editor.value.slice(start, editor.selectionStart);
  const item = ITEM.exec(line);
  if (!item || editor.selectionStart !== editor.selectionEnd) return;
  event.preventDefault();
  if (item[0].length === line.length) {
    editor.setSelectionRange(start, editor.selectionStart);
    type("");
    return;
  }
  const [, indent, marker, number, dot, space, box] = item;
  type(`\n${indent}${number ? Number(number) + 1 + dot : marker}${space}${box ? "[ ] " : ""}`);
}

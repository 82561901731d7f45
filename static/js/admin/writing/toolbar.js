// The buttons over a text and their keys: each types Markdown into it, and one undo takes it back.

import { typeBlock } from "../lines.js";
import { words } from "../news.js";
import { EDITOR, isComposing, type, whenCalm } from "../typing.js";
import * as marks from "./marks.js";

const allTexts = (editor) => [...(editor.form?.querySelectorAll(EDITOR) ?? [editor])].map((field) => field.value).join("\n");

function edit(editor, make) {
  const { value, selectionStart, selectionEnd, scrollTop } = editor;
  const { start, end, text, from, to } = make(value, selectionStart, selectionEnd);
  editor.focus({ preventScroll: true });
  editor.setSelectionRange(start, end);
  type(text);
  editor.setSelectionRange(from, to);
  editor.scrollTop = scrollTop;
}

function typeTable(editor) {
  const { selectionStart, selectionEnd, value } = editor;
  const text = marks.table(value.slice(selectionStart, selectionEnd), words.column);
  typeBlock(editor, text);
  const start = editor.selectionEnd - text.length + 2;
  editor.setSelectionRange(start, start + text.indexOf(" |") - 2); // the first cell
}

// On a line of its own a formula is a block.
function typeFormula(editor) {
  const { selectionStart: start, selectionEnd: end, value } = editor;
  const line = value.slice(value.lastIndexOf("\n", start - 1) + 1).split("\n", 1)[0];
  if (line.trim() || start !== end) {
    edit(editor, (text, from, to) => marks.surround(text, from, to, "$"));
    return;
  }
  typeBlock(editor, "$$\n\n$$");
  const caret = editor.selectionEnd - 3;
  editor.setSelectionRange(caret, caret);
}

const DOES = {
  bold: (editor) => edit(editor, (text, start, end) => marks.surround(text, start, end, "**")),
  italic: (editor) => edit(editor, (text, start, end) => marks.surround(text, start, end, "*")),
  heading: (editor) => edit(editor, marks.heading),
  list: (editor) => edit(editor, marks.list),
  quote: (editor) => edit(editor, marks.quote),
  table: typeTable,
  footnote: (editor) => edit(editor, (text, _start, end) => marks.footnote(text, end, allTexts(editor))),
  maths: typeFormula,
  time: () => document.dispatchEvent(new CustomEvent("desk:stamp")),
};

const KEYS = { b: "bold", i: "italic" };

document.addEventListener("click", (event) => {
  const does = DOES[event.target.closest?.(".editing-tools [data-do]")?.dataset.do];
  const editor = does && event.target.closest(".editing-tools").nextElementSibling;
  if (editor?.matches(EDITOR)) whenCalm(() => does(editor));
});

document.addEventListener("keydown", (event) => {
  if (isComposing(event) || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  const editor = event.target.closest?.(EDITOR);
  const name = KEYS[event.key.toLowerCase()];
  if (!editor || editor.readOnly || !name) return;
  event.preventDefault();
  DOES[name](editor);
});

// The arrow keys move within the toolbar, Tab leaves it. (WAI-ARIA Authoring Practices: toolbar)
document.addEventListener("keydown", (event) => {
  const tools = event.target.closest?.(".editing-tools");
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!tools || !step) return;
  const buttons = [...tools.querySelectorAll("button")].filter((button) => button.offsetParent);
  event.preventDefault();
  buttons[(buttons.indexOf(event.target) + step + buttons.length) % buttons.length].focus();
});

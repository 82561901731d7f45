// Makes a plain textarea good for Markdown. Listeners are on the document (event delegation), so that rows added later
// are served too. Each feature is a module of its own.

import { chooseFile, takeFiles } from "./files.js";
import { addLink, pasteAddresses } from "./links.js";
import { continueList } from "./lists.js";
import { EDITOR, isComposing } from "./typing.js";
import { pasteFormatted } from "./writing/pasting.js";
import "./writing/collected.js";
import "./writing/finding.js";
import "./writing/keys.js";
import "./writing/toolbar.js";

let isPlainPaste = false; // Ctrl+Shift+V: paste unchanged
let tools = null;

function save(event, editor) {
  event.preventDefault();
  const button = document.querySelector(".desk-save");
  (button?.form ?? editor?.form)?.requestSubmit(button ?? undefined);
}

document.addEventListener("keydown", (event) => {
  if (isComposing(event)) return;
  const editor = event.target.closest?.(EDITOR);
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
  const key = event.key.toLowerCase();
  isPlainPaste = isCommand && event.shiftKey && key === "v";
  if (isCommand && key === "s") save(event, editor);
  else if (editor && isCommand && key === "k") {
    event.preventDefault();
    addLink(editor);
  } else if (editor && event.key === "Enter" && !event.shiftKey && !isCommand) continueList(event, editor);
});

document.addEventListener("paste", (event) => {
  const editor = event.target.closest?.(EDITOR);
  if (!editor || isPlainPaste) return;
  const files = [...(event.clipboardData?.files ?? [])];
  const words = event.clipboardData?.getData("text/plain") ?? "";
  // A copied file comes with its name, a copy from a word processor with a picture of its text: then take the text.
  const text = files.some((file) => file.name === words.trim()) ? "" : words;
  const isTaken = text ? pasteAddresses(editor, text) || pasteFormatted(editor, event.clipboardData) : files.length > 0;
  if (!isTaken) return;
  event.preventDefault();
  if (!text) takeFiles(editor, files);
});

document.addEventListener("drop", (event) => {
  const editor = event.target.closest?.(EDITOR);
  const files = [...(event.dataTransfer?.files ?? [])];
  if (!editor || !files.length) return;
  event.preventDefault();
  takeFiles(editor, files);
});
document.addEventListener("dragover", (event) => {
  if (event.target.closest?.(EDITOR) && event.dataTransfer?.types.includes("Files")) event.preventDefault();
});

// One set of buttons, moved to the textarea in use: a phone has no shortcuts.
document.addEventListener("focusin", (event) => {
  const editor = event.target.closest?.(EDITOR);
  if (!editor || editor.readOnly) return;
  tools ??= document.getElementById("editing-tools")?.content.firstElementChild.cloneNode(true);
  if (tools && tools.nextElementSibling !== editor) editor.before(tools);
});
document.addEventListener("mousedown", (event) => {
  const tool = event.target.closest?.(".editing-tools");
  if (tool && !event.target.closest("[draggable]")) event.preventDefault(); // the caret, and a phone's keyboard, stay
});
document.addEventListener("click", (event) => {
  const does = event.target.closest?.(".editing-tools [data-do]")?.dataset.do;
  if (does === "link") addLink(tools.nextElementSibling);
  if (does === "file") chooseFile(tools.nextElementSibling);
});

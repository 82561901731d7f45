// Text goes into a textarea through execCommand("insertText") alone: the browser's undo keeps working.

export const EDITOR = "textarea.markdownx-editor";

// While a Japanese word is being composed, every key belongs to the input method.
export const isComposing = (event) => event.isComposing || event.keyCode === 229;

let isWordOpen = false;
let waiting = [];
document.addEventListener("compositionstart", () => (isWordOpen = true), true);
document.addEventListener("compositionend", () => {
  isWordOpen = false;
  setTimeout(() => {
    const acts = waiting;
    waiting = [];
    for (const act of acts) whenCalm(act);
  });
}, true);

// Now, or once the word that is being composed, wherever it is, has its end.
export function whenCalm(act) {
  if (isWordOpen) waiting.push(act);
  else act();
}

// At the caret, in place of what is selected.
export const type = (text) => document.execCommand(text ? "insertText" : "delete", false, text);

// In place of text[start, end), wherever the caret is; it stays with the words it stood in, and the focus too.
export function replace(editor, start, end, text) {
  const focused = document.activeElement;
  const { selectionStart, selectionEnd, scrollTop } = editor;
  editor.focus({ preventScroll: true });
  if (document.activeElement === editor) {
    editor.setSelectionRange(start, end);
    type(text);
  } else {
    editor.setRangeText(text, start, end); // it is hidden now, and nothing can be typed into it
    editor.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const follow = (place) => (place <= start ? place : place >= end ? place + text.length - (end - start) : start + text.length);
  editor.setSelectionRange(follow(selectionStart), follow(selectionEnd));
  editor.scrollTop = scrollTop;
  if (focused !== editor) focused?.focus({ preventScroll: true });
}

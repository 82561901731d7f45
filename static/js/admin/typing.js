// Text goes into a textarea only through execCommand("insertText"), so that the browser's undo keeps working.

export const EDITOR = "textarea.markdownx-editor";

// While a Japanese word is being composed, every key belongs to the input method (IME).
export const isComposing = (event) => event.isComposing || event.keyCode === 229;

let isComposingNow = false;
let waiting = [];
document.addEventListener("compositionstart", () => (isComposingNow = true), true);
document.addEventListener("compositionend", () => {
  isComposingNow = false;
  setTimeout(() => {
    const acts = waiting;
    waiting = [];
    for (const act of acts) whenCalm(act);
  });
}, true);

// Act now, or once the word that is being composed anywhere on the page is finished.
export function whenCalm(act) {
  if (isComposingNow) waiting.push(act);
  else act();
}

// Type at the caret, replacing the selection.
export const type = (text) => document.execCommand(text ? "insertText" : "delete", false, text);

// Replace text[start, end), wherever the caret is; the caret stays with its words, and the focus stays.
export function replace(editor, start, end, text) {
  const focused = document.activeElement;
  const { selectionStart, selectionEnd, scrollTop } = editor;
  editor.focus({ preventScroll: true });
  if (document.activeElement === editor) {
    editor.setSelectionRange(start, end);
    type(text);
  } else {
    editor.setRangeText(text, start, end); // a hidden field cannot be typed into
    editor.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const follow = (place) => (place <= start ? place : place >= end ? place + text.length - (end - start) : start + text.length);
  editor.setSelectionRange(follow(selectionStart), follow(selectionEnd));
  editor.scrollTop = scrollTop;
  if (focused !== editor) focused?.focus({ preventScroll: true });
}
